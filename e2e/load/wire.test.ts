import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { HEAD, openWire } from './wire.ts'

/** A server that answers with these texts, and what a wire that wants only some of them reads. */
async function readFrom(texts: readonly string[], wanted: (head: string) => boolean) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => server.close())
  const heard: string[] = []
  server.on('connection', (socket) => {
    socket.on('message', (text: Buffer) => heard.push(text.toString()))
    for (const text of texts) socket.send(text)
  })
  await new Promise((resolve) => server.once('listening', resolve))
  const [heads, whole, ends]: string[][] = [[], [], []]
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  openWire(
    url,
    '/',
    {},
    {
      opened(wire) {
        wire.send('hi')
        wire.send('x'.repeat(1_000))
      },
      head(_, head) {
        if (wanted(head)) return true
        heads?.push(head)
        return false
      },
      text: (_, text) => whole?.push(text),
      closed: (reason) => ends?.push(reason),
    },
  )
  return { heard, heads, whole, ends, server }
}

it('reads the beginnings of messages of any length, and all of those that are wanted', async () => {
  const long = (letter: string) => letter.repeat(300_000)
  const texts = ['', 'short', 'a'.repeat(126), long('b'), 'é', long('w'), 'c'.repeat(70_000), 'wé', 'last']
  const read = await readFrom(texts, (head) => head.startsWith('w'))
  await vi.waitFor(() => expect(read.heads).toHaveLength(7))
  const beginnings = texts.filter((text) => !text.startsWith('w')).map((text) => text.slice(0, HEAD))
  expect(read.heads).toEqual(beginnings.map((text) => Buffer.from(text).toString('latin1')))
  expect(read.whole).toEqual([long('w'), 'wé'])
  await vi.waitFor(() => expect(read.heard).toEqual(['hi', 'x'.repeat(1_000)]))
})

it('hears that the server has ended it', async () => {
  const read = await readFrom([], () => false)
  await vi.waitFor(() => expect(read.heard).toHaveLength(2))
  for (const client of read.server.clients) client.close()
  await vi.waitFor(() => expect(read.ends).toHaveLength(1))
})
