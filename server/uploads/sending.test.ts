import { createServer } from 'node:http'
import { createConnection, type AddressInfo } from 'node:net'
import { PassThrough, Readable } from 'node:stream'
import express from 'express'
import { expect, it, onTestFinished, vi } from 'vitest'
import { bytesOnDisk } from './bytes.ts'
import { send } from './sending.ts'

const MINUTE = 60_000

/** A connection that has asked for this file, and takes nothing of it before it is read. */
async function asking(body: Readable) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const bytes = { ...bytesOnDisk('none'), read: async () => body }
  const app = express()
  app.get('/', (request, response) => send(bytes, { name: 'x', called: 'x', type: '', size: 1e9 }, request, response))
  const server = createServer(app)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const connection = createConnection((server.address() as AddressInfo).port, '127.0.0.1')
  onTestFinished(() => {
    connection.destroy()
    server.closeAllConnections()
    server.close()
  })
  connection.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  return connection
}

it('ends what nobody reads any more', async () => {
  const body = Readable.from(Array.from({ length: 1_000 }, () => Buffer.alloc(100_000)))
  await asking(body)
  await vi.waitFor(() => {
    vi.advanceTimersByTime(MINUTE)
    expect(body.destroyed).toBe(true)
  }, 10_000)
})

it('waits for who reads slowly', async () => {
  const body = new PassThrough()
  const connection = await asking(body)
  let came = ''
  connection.on('data', (chunk: Buffer) => (came += String(chunk)))
  for (const word of ['one', 'two', 'three', 'four']) {
    body.write(word)
    await vi.waitFor(() => expect(came).toContain(word))
    vi.advanceTimersByTime(MINUTE)
  }
  expect(body.destroyed).toBe(false)
})
