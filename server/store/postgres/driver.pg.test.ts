import { MessageChannel, Worker } from 'node:worker_threads'
import { expect, it, onTestFinished } from 'vitest'
import { makeMigrated } from '../../testing/database.ts'
import { openConnection } from './connection.ts'
import type { DriverData, Line } from './driver.ts'

/** A driver of its own, and connections that it makes. */
async function startDriver() {
  const { url, drop } = await makeMigrated()
  const driver = new Worker(new URL('./driver.ts', import.meta.url), { workerData: { url } satisfies DriverData })
  onTestFinished(async () => {
    await driver.terminate()
    await drop()
  })
  return () => {
    const { port1, port2 } = new MessageChannel()
    const signal = new Int32Array(new SharedArrayBuffer(4))
    driver.postMessage({ port: port1, signal } satisfies Line, [port1])
    return openConnection({ port: port2, signal })
  }
}

it('commits nothing where the connection was lost in the middle, although the next one is there at once', async () => {
  const connect = await startDriver()
  const [mine, other] = [connect(), connect()]
  mine.exec('BEGIN')
  mine.run('INSERT INTO meta VALUES (?, ?)', 'first', 'half')
  const pid = Number(mine.get('SELECT pg_backend_pid() AS pid')?.['pid'])
  other.get('SELECT pg_terminate_backend(?)', pid)
  while (other.get('SELECT 1 FROM pg_stat_activity WHERE pid = ?', pid));

  mine.run('INSERT INTO meta VALUES (?, ?)', 'second', 'half')
  expect(() => mine.exec('COMMIT')).toThrow()
  expect(mine.inTransaction()).toBe(false)
  expect(other.all(`SELECT key FROM meta WHERE value = 'half'`)).toEqual([])

  mine.exec('BEGIN')
  mine.run('INSERT INTO meta VALUES (?, ?)', 'again', 'whole')
  mine.exec('COMMIT')
  expect(other.all(`SELECT key FROM meta WHERE value = 'whole'`)).toEqual([{ key: 'again' }])
})
