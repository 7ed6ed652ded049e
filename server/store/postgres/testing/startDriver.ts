import { MessageChannel, Worker } from 'node:worker_threads'
import { onTestFinished } from 'vitest'
import { openConnection } from '../connection.ts'
import type { DriverData, Line } from '../driver.ts'

/** A driver of its own for this database, and connections that it makes. */
export function startDriver(url: string) {
  const driver = new Worker(new URL('../driver.ts', import.meta.url), { workerData: { url } satisfies DriverData })
  onTestFinished(async () => void (await driver.terminate()))
  return () => {
    const { port1, port2 } = new MessageChannel()
    const signal = new Int32Array(new SharedArrayBuffer(4))
    driver.postMessage({ port: port1, signal } satisfies Line, [port1])
    return openConnection({ port: port2, signal })
  }
}
