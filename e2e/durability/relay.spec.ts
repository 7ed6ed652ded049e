import { once } from 'node:events'
import { connect as dial, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { expect, test } from '@playwright/test'
import { io } from 'socket.io-client'
import type { RoomChanges } from '../../protocol/changes.ts'
import { connect } from '../support/client.ts'
import { startNatter } from '../support/server.ts'
import { flap, isEvent, startRelay } from './relay.ts'

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

/** A server that sends back what it gets, and somebody who is connected to it through a relay, which asks others before it. */
async function startEcho(before: readonly string[] = []) {
  const accepted: Socket[] = []
  const server = createServer((socket) => {
    accepted.push(socket)
    socket.on('error', () => {}).pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const relay = await startRelay([...before, urlOf(server)])
  return {
    relay,
    accepted,
    async enter() {
      const socket = dial(Number(new URL(relay.url).port), '127.0.0.1')
      const mine = { socket, heard: '', ended: null as string | null }
      socket.setEncoding('utf8').on('data', (text: string) => (mine.heard += text))
      socket.on('error', (error: NodeJS.ErrnoException) => (mine.ended = error.code ?? 'error'))
      socket.on('close', () => (mine.ended ??= 'closed'))
      await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))
      return mine
    },
    async close() {
      await relay.close()
      server.close()
    },
  }
}

test('passes on what is said, both ways, and the end of it', async () => {
  const echo = await startEcho()
  const mine = await echo.enter()
  mine.socket.end('x'.repeat(300_000))
  await expect.poll(() => mine.ended).toBe('closed')
  expect(mine.heard.length).toBe(300_000)
  await echo.close()
})

test('resets both sides of what is connected, and lets whoever comes next through', async () => {
  const echo = await startEcho()
  const mine = await echo.enter()
  mine.socket.write('one')
  await expect.poll(() => mine.heard).toBe('one')
  echo.relay.reset()
  await expect.poll(() => mine.ended).toBe('ECONNRESET')
  await expect.poll(() => echo.accepted.every(({ destroyed }) => destroyed)).toBe(true)
  const next = await echo.enter()
  next.socket.write('two')
  await expect.poll(() => next.heard).toBe('two')
  await echo.close()
})

test('leads on to the next server where one lets nobody in', async () => {
  const gone = createServer().listen(0, '127.0.0.1')
  await once(gone, 'listening')
  const url = urlOf(gone)
  gone.close()
  const echo = await startEcho([url])
  const mine = await echo.enter()
  mine.socket.write('anybody?')
  await expect.poll(() => mine.heard).toBe('anybody?')
  await echo.close()
})

test('lets half of a chunk through, then resets', async () => {
  const echo = await startEcho()
  const mine = await echo.enter()
  echo.relay.halve('down')
  mine.socket.write('0123456789')
  await expect.poll(() => mine.ended).toBe('ECONNRESET')
  expect(mine.heard).toBe('01234')
  await echo.close()
})

test('takes everything and answers nothing while it is silent, and never goes on behind a hole', async () => {
  const echo = await startEcho()
  const [mine, other] = [await echo.enter(), await echo.enter()]
  mine.socket.write('one ')
  await expect.poll(() => mine.heard).toBe('one ')
  const [first] = echo.relay.links
  Object.assign(first?.faults ?? {}, { silent: 'up' })
  mine.socket.write('two ')
  other.socket.write('there')
  await expect.poll(() => other.heard).toBe('there')
  Object.assign(first?.faults ?? {}, { silent: null })
  mine.socket.write('three ')
  other.socket.write(' too')
  await expect.poll(() => other.heard).toBe('there too')
  expect(mine).toMatchObject({ heard: 'one ', ended: null })
  // Given up by both sides, it is over.
  mine.socket.end()
  echo.accepted[0]?.end()
  await expect.poll(() => echo.relay.links.size).toBe(1)
  await echo.close()
})

test('delays without changing the order', async () => {
  const echo = await startEcho()
  const mine = await echo.enter()
  Object.assign(echo.relay.faults, { delay: 40, jitter: 40 })
  const since = performance.now()
  const words = Array.from({ length: 10 }, (_, i) => `${i} `)
  for (const word of words) mine.socket.write(word)
  await expect.poll(() => mine.heard).toBe(words.join(''))
  expect(performance.now() - since).toBeGreaterThan(80)
  await echo.close()
})

test('goes off and on until it is told to stop', async () => {
  const echo = await startEcho()
  const stopping = new AbortController()
  const flapping = flap(echo.relay, { down: 20, up: 20 }, stopping.signal)
  let resets = 0
  await expect
    .poll(async () => {
      const mine = await echo.enter()
      await expect.poll(() => mine.ended).toBe('ECONNRESET')
      return ++resets
    })
    .toBeGreaterThan(3)
  stopping.abort()
  await flapping
  const mine = await echo.enter()
  mine.socket.write('calm')
  await expect.poll(() => mine.heard).toBe('calm')
  await echo.close()
})

test('loses the events of the server that it is told to lose, and nothing beside them', async () => {
  const natter = await startNatter({ LOG_LEVEL: 'silent' })
  const relay = await startRelay(natter.url)
  const ann = await connect(relay.url, 'Ann')
  const heard: string[] = []
  ann.socket.on('events', ({ changes }: RoomChanges) => {
    for (const change of changes) if (change.type === 'message:changed') heard.push(change.message.body)
  })
  relay.faults.swallow = (packet) => isEvent(packet) && packet.includes('lost')
  // Longer than one chunk, and than what a frame tells in two bytes: where it ends must still be found.
  const long = 'ö'.repeat(16_000)
  for (const body of ['one', 'lost', long, 'lost again', 'two']) await ann.say(body)
  await expect.poll(() => heard).toEqual(['one', long, 'two'])
  expect((await ann.history()).map(({ body }) => body)).toEqual(['one', 'lost', long, 'lost again', 'two'])
  relay.calm()
  await ann.say('lost no more')
  await expect.poll(() => heard).toContain('lost no more')
  ann.close()

  const polling = io(relay.url, { transports: ['polling'], forceNew: true, extraHeaders: { Origin: relay.url } })
  await expect.poll(() => polling.connected).toBe(true)
  polling.disconnect()
  await relay.close()
  await natter.stop()
})
