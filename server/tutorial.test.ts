import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer, type Visitor } from './testing/startServer.ts'

const noticesOf = (visitor: Visitor) => visitor.all('presence:notice').flatMap(({ notices }) => notices)
const connected = (socket: { connected: boolean }) => vi.waitFor(() => expect(socket.connected).toBe(true))

it('takes a page of the tutorial as a guest of the default room, both ways, its own words included', async () => {
  const { connect, connectTutorial } = await startServer()
  const ann = await connect('Ann')
  const page = connectTutorial()
  await connected(page.socket)
  page.socket.emit('chat message', 'hello from the tutorial')
  await vi.waitFor(() => expect(JSON.stringify(ann.all('events'))).toContain('hello from the tutorial'))
  await ann.say('hello from Natter')
  await vi.waitFor(() =>
    expect(page.heard).toEqual([
      ['hello from the tutorial', 1],
      ['hello from Natter', 2],
    ]),
  )
  const guest = { role: 'visitor', name: expect.stringMatching(/^Guest \d+$/) }
  await vi.waitFor(() => expect(noticesOf(ann).at(-1)?.person).toMatchObject(guest))
})

it('answers the callback, stores a retried offset once on any connection, and brings what was missed in order', async () => {
  const { connect, connectTutorial } = await startServer({ LIMIT_MESSAGES: '1000' })
  const ann = await connect('Ann')
  const page = connectTutorial({ serverOffset: 0 })
  await connected(page.socket)
  const offset = `${page.socket.id}-0`
  await page.socket.emitWithAck('chat message', 'once', offset)
  page.socket.disconnect()
  for (let i = 0; i < 120; i++) await ann.say(`missed ${i}`)
  const again = connectTutorial({ serverOffset: 1 })
  await connected(again.socket)
  await again.socket.emitWithAck('chat message', 'once', offset)
  await again.socket.emitWithAck('chat message', 'after', `${again.socket.id}-0`)
  await vi.waitFor(() => expect(again.heard.at(-1)?.[0]).toBe('after'))
  expect(again.heard.map(([text]) => text)).toEqual([...Array.from({ length: 120 }, (_, i) => `missed ${i}`), 'after'])
})

it('answers a page before it shows it its own message: one that ends then has nothing to send again', async () => {
  const { connect, connectTutorial } = await startServer()
  const ann = await connect('Ann')
  const { socket } = connectTutorial()
  await connected(socket)
  const order: string[] = []
  socket.on('chat message', (text: string) => order.push(text))
  for (const [i, text] of ['one', 'two'].entries())
    socket.emit('chat message', text, `undefined-${i}`, () => order.push(`${text} answered`))
  await vi.waitFor(() => expect(order).toHaveLength(4))
  await ann.say('three')
  await vi.waitFor(() => expect(order.at(-1)).toBe('three'))
  expect(order).toEqual(['one answered', 'one', 'two answered', 'two', 'three'])
})

it('lets nobody’s message be swallowed by the keys that pages make before they are connected', async () => {
  const { connect, connectTutorial } = await startServer()
  const ann = await connect('Ann')
  const pages = [connectTutorial({ name: 'One' }), connectTutorial({ name: 'Two' }), connectTutorial({ name: 'Three' })]
  for (const [i, { socket }] of pages.entries()) socket.emit('chat message', `hi ${i}`, 'undefined-0')
  await vi.waitFor(() =>
    expect(
      ann
        .all('events')
        .flatMap(({ changes }) => changes)
        .filter(({ type }) => type === 'message:changed'),
    ).toHaveLength(3),
  )
})

it('gives a bot its name back, and nobody else’s', async () => {
  const { connect, connectTutorial } = await startServer()
  const ann = await connect('Ann')
  const guests = async () => (await ann.ask('people:list', {})).people.filter(({ role }) => role === 'visitor')
  const bot = connectTutorial({ name: 'Echo' })
  await connected(bot.socket)
  bot.socket.disconnect()
  await vi.waitFor(async () => {
    const again = connectTutorial({ name: 'Echo' })
    await connected(again.socket)
    expect(await guests()).toHaveLength(1)
  })
  const thief = connectTutorial({ name: 'Ann' })
  await connected(thief.socket)
  expect((await guests()).map(({ name }) => name)).toEqual(['Echo', expect.stringMatching(/^Guest/)])
})

it('takes two pages that one browser opens at once for one guest', async () => {
  const { url, connectTutorial, connect } = await startServer()
  const ann = await connect('Ann')
  const extraHeaders = { Cookie: `natter_visitor=${'x'.repeat(43)}`, Origin: url }
  const pages = [0, 1, 2].map(() => connectTutorial({}, { extraHeaders }))
  for (const { socket } of pages) await connected(socket)
  expect((await ann.ask('people:list', {})).people).toHaveLength(2)
})

it('gives nobody a guest’s place in the protocol, whatever name and token they bring', async () => {
  const { url, connect, connectAs, connectTutorial } = await startServer()
  const ann = await connect('Ann')
  const bot = connectTutorial({ name: 'Echo' })
  await connected(bot.socket)
  bot.socket.disconnect()
  const token = 'e'.repeat(43)
  const thief = connectTutorial({ name: 'Echo' }, { extraHeaders: { Cookie: `natter_visitor=${token}`, Origin: url } })
  await connected(thief.socket)
  await expect(connectAs(`natter=${token}`)).rejects.toThrow('unauthorized')
  const echo = (await ann.ask('people:list', { query: 'Echo' })).people[0]
  expect(await ann.request('room:direct', { personId: echo?.id ?? '' })).toMatchObject({ error: { code: 'forbidden' } })
})

it('lets nobody around the limit by going away, and still takes what was within it', async () => {
  const { connect, connectTutorial } = await startServer({ LIMIT_MESSAGES: '5' })
  const ann = await connect('Ann')
  const page = connectTutorial()
  await connected(page.socket)
  for (let i = 0; i < 50; i++) page.socket.emit('chat message', `flood ${i}`)
  const marker = connectTutorial({ name: 'Marker' })
  await connected(marker.socket)
  page.socket.disconnect()
  // Each page has a queue of its own: only what is sent once the five are there comes after them.
  await vi.waitFor(() => expect(JSON.stringify(ann.all('events')).match(/flood/g)).toHaveLength(5))
  await marker.socket.emitWithAck('chat message', 'marker', `${marker.socket.id}-0`)
  await vi.waitFor(() => expect(JSON.stringify(ann.all('events'))).toContain('marker'))
  expect(JSON.stringify(ann.all('events')).match(/flood/g)).toHaveLength(5)
})

it('turns them away when they are not wanted', async () => {
  const { connectTutorial } = await startServer({ TUTORIAL_CLIENTS: 'off' })
  const { socket } = connectTutorial()
  const error = await new Promise<Error>((resolve) => socket.once('connect_error', resolve))
  expect(error.message).toBe('This place is not open to visitors.')
})

it('lives through any payload of any type, with or without a callback', async () => {
  const { connect, connectTutorial } = await startServer({ LIMIT_MESSAGES: '100000', LIMIT_REQUESTS: '100000' })
  const ann = await connect('Ann')
  const payloads: unknown[] = [
    null,
    undefined,
    0,
    NaN,
    true,
    '',
    ' ',
    '\ud800',
    {},
    [],
    { toString: 1 },
    [['x']],
    { __proto__: null },
    'x'.repeat(20_000),
  ]
  const names = ['chat message', 'message:send', 'constructor', '__proto__', 'toString', 'hello', '']
  for (const kind of ['tutorial', 'native'] as const) {
    const socket = kind === 'native' ? ann.socket : connectTutorial().socket
    await connected(socket)
    for (const name of names) {
      for (const payload of payloads) {
        socket.emit(name, payload)
        socket.emit(name, payload, payload, payload)
        await socket.timeout(5_000).emitWithAck(name, payload)
      }
    }
  }
  // Binary is not part of the protocol: the connection ends, the server does not.
  const binary = connectTutorial({}, { reconnection: false }).socket
  await connected(binary)
  binary.emit('chat message', Buffer.from('x'))
  await vi.waitFor(() => expect(binary.connected).toBe(false))

  await ann.say('still here', lobbyOf(ann.hello))
})
