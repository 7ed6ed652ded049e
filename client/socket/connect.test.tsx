import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { unreadOf } from '../unread/unread.ts'
import { fakeConnection, helloOf, lobby } from '../testing/fakeSocket.ts'
import { ann, bob, message, packet, personCalled } from '../testing/room.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const page = (upTo: number) => ({
  ok: true as const,
  data: {
    roomId: 'lobby',
    head: { seq: upTo, rev: upTo + 1 },
    messages: Array.from({ length: upTo }, (_, i) => message(i + 1)),
    people: [ann, bob],
  },
})
const names = (asked: { name: string }[]) => asked.map(({ name }) => name)

it('never sends under another name', () => {
  const mine = fakeConnection()
  mine.say('hello', helloOf())
  mine.connection.send('lobby', 'of Ann')
  const other = fakeConnection()
  other.say('hello', { ...helloOf(), me: bob })
  expect(other.connection.store.getState().outbox).toEqual([])
  expect(names(other.asked)).not.toContain('message:send')
})

it('keeps what waits, and goes on without what it held, when the server comes back with another history', () => {
  const { connection, say } = fakeConnection()
  say('hello', helloOf(3))
  connection.send('lobby', 'still to be sent')
  say('disconnect', 'transport close')
  say('hello', { ...helloOf(1), logId: 'restored' })
  expect(connection.store.getState().outbox.map(({ body }) => body)).toEqual(['still to be sent'])
  expect(connection.store.getState().rooms['lobby']?.timeline.head.seq).toBe(1)
})

it('works where the browser keeps nothing, and says so: each message is sent once, in order', async () => {
  const { connection, asked, say } = fakeConnection({
    'message:send': ({ key, body }: { key: string; body: string }) => ({
      ok: true,
      data: { ...message(body === 'one' ? 1 : 2, { authorId: 'ann', body }), key },
    }),
  })
  say('hello', helloOf())
  for (const text of ['one', 'two']) expect(connection.send('lobby', text)).toBe(null)
  await vi.waitFor(() => expect(connection.store.getState().outbox).toEqual([]))
  expect(asked.map(({ input }) => input)).toEqual([
    expect.objectContaining({ body: 'one' }),
    expect.objectContaining({ body: 'two' }),
  ])
  expect(connection.store.getState().forgetful).toBe(true)
})

it('lets everything wait while the server is away for ten minutes, and then sends it in order', async () => {
  const sent: string[] = []
  const { connection, say } = fakeConnection({
    'message:send': ({ key, body }: { key: string; body: string }) => {
      sent.push(body)
      return { ok: true, data: { ...message(sent.length, { authorId: 'ann', body }), key } }
    },
  })
  say('hello', helloOf())
  say('disconnect', 'transport close')
  const texts = Array.from({ length: 20 }, (_, i) => `no. ${i + 1}`)
  for (const text of texts) {
    expect(connection.send('lobby', text)).toBe(null)
    await vi.advanceTimersByTimeAsync(30_000)
  }
  expect(connection.store.getState().outbox.map(({ failed }) => failed)).toEqual(texts.map(() => null))
  expect(sent).toEqual([])
  say('hello', helloOf())
  await vi.waitFor(() => expect(sent).toEqual(texts))
  await vi.waitFor(() => expect(connection.store.getState().outbox).toEqual([]))
})

it('refuses to let more wait than 500 messages, or anything longer than 7 days', () => {
  const { connection, say } = fakeConnection()
  say('hello', helloOf())
  say('disconnect', 'transport close')
  expect(connection.send('lobby', 'no. 1')).toBe(null)
  vi.setSystemTime(Date.now() + 7 * 24 * 60 * 60 * 1000 + 1)
  expect(connection.send('lobby', 'no. 2')).toBe('old')
  vi.setSystemTime(Date.now() - 60 * 60 * 1000)
  for (let i = 2; i <= 500; i++) expect(connection.send('lobby', `no. ${i}`)).toBe(null)
  expect(connection.send('lobby', 'no. 501')).toBe('many')
  expect(connection.store.getState().outbox).toHaveLength(500)
})

it('tells after a reconnect what was read while nobody could be told', () => {
  const { connection, asked, say } = fakeConnection()
  say('hello', helloOf(3))
  say('events', packet([message(4)]))
  say('disconnect', 'transport close')
  connection.store.dispatch({ type: 'read', roomId: 'lobby', readUpTo: 4 })
  say('hello', { ...helloOf(4), rooms: helloOf(4).rooms.map((mine) => ({ ...mine, readUpTo: 3, unread: 1 })) })
  expect(asked).toContainEqual({ name: 'read:advance', input: { roomId: 'lobby', seq: 4, rev: 0 } })
})

it('comes back by itself when the server has refused or ended the connection', () => {
  for (const [event, payload] of [
    ['connect_error', { message: 'internal' }],
    ['disconnect', 'io server disconnect'],
  ] as const) {
    const { socket, say } = fakeConnection()
    Object.assign(socket, { active: false, connected: false })
    say(event, payload)
    vi.advanceTimersByTime(3_000)
    expect(socket.connections, event).toBe(2)
  }
})

it('goes when the server is about to end, and comes back when it is its turn', () => {
  const { socket, say } = fakeConnection()
  socket.disconnect = () => {
    Object.assign(socket, { active: false, connected: false })
    say('disconnect', 'io client disconnect')
    return socket
  }
  say('hello', helloOf())
  say('restarting', { delay: 1_700 })
  expect(socket.connected).toBe(false)
  vi.advanceTimersByTime(1_600)
  expect(socket.connections).toBe(1)
  vi.advanceTimersByTime(200)
  expect(socket.connections).toBe(2)
})

it('asks how much is unread when something of it was deleted that only the server can count', async () => {
  const { connection, asked, say } = fakeConnection({
    'read:advance': () => ({ ok: true, data: { roomId: 'lobby', readUpTo: 1, rev: 0, unread: 1, seq: 3 } }),
  })
  say('hello', { ...helloOf(3), rooms: helloOf(3).rooms.map((mine) => ({ ...mine, readUpTo: 1, unread: 2 })) })
  say('events', packet([message(2, { rev: 5, deleted: true })]))
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toContainEqual({ name: 'read:advance', input: { roomId: 'lobby', seq: 1, rev: 0 } })
  const { unread, timeline } = connection.store.getState().rooms['lobby'] ?? {}
  expect(unread && timeline && unreadOf(unread, timeline, ['ann'])).toBe(1)
})

it('asks again for a page that could not be had just now', async () => {
  let refusals = 2
  const { connection, say } = fakeConnection({
    'message:list': () =>
      refusals-- > 0 ? { ok: false, error: { code: 'storage_unavailable', message: 'Not now.' } } : page(3),
  })
  say('hello', helloOf(3))
  void connection.load('lobby', 'newest')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(connection.store.getState().rooms['lobby']?.timeline.messages).toHaveLength(3)
})

it('finds what was lost of a room that nobody has opened here: the unread count is right', async () => {
  const { connection, asked, say } = fakeConnection({
    'room:sync': () => ({
      ok: true,
      data: { changed: packet([message(1), message(2), message(3)], 1), more: false, reset: null },
    }),
  })
  say('hello', helloOf())
  say('heads', { rooms: { lobby: { seq: 3, rev: 4 } }, people: 2 })
  await vi.advanceTimersByTimeAsync(0)
  expect(names(asked)).toContain('room:sync')
  const { unread, timeline } = connection.store.getState().rooms['lobby'] ?? {}
  expect(unread && timeline && unreadOf(unread, timeline, ['ann'])).toBe(3)
})

it('shows everything of the time away, also a message that was changed so late that it comes on a later page', async () => {
  const edited = message(2, { rev: 30, body: 'edited' })
  const pages = [
    { changed: packet([message(3, { rev: 11 }), message(4, { rev: 12 })], 2), more: true, reset: null },
    { changed: packet([edited], 12), more: false, reset: null },
  ]
  const { connection, say } = fakeConnection({
    'message:list': () => page(1),
    'room:sync': () => ({ ok: true, data: pages.shift() }),
  })
  say('hello', helloOf(1))
  await connection.load('lobby', 'newest')
  say('heads', { rooms: { lobby: { seq: 4, rev: 30 } }, people: 2 })
  await vi.advanceTimersByTimeAsync(0)
  const { messages, hole, rev } = connection.store.getState().rooms['lobby']?.timeline ?? {}
  expect(messages?.map(({ seq, body }) => [seq, body])).toEqual([
    [1, 'message 1'],
    [2, 'edited'],
    [3, 'message 3'],
    [4, 'message 4'],
  ])
  expect([hole, rev]).toEqual([false, 30])
})

it('keeps who is here over a lost connection, and is told only what changed', () => {
  const { connection, auth, say } = fakeConnection()
  const present = () => connection.store.getState().presence
  say('hello', { ...helloOf(), presence: { ann: 'here', bob: 'here', cleo: 'away' }, presenceAt: 'a' })
  say('presence:changed', { presence: { cleo: null, dan: 'here' }, presenceAt: 'b' })
  expect(present()).toEqual({ ann: 'here', bob: 'here', dan: 'here' })
  expect(auth()).toMatchObject({ presenceAt: 'b' })
  say('hello', { ...helloOf(), presence: { bob: null, dan: 'busy' }, presenceAt: 'c', presenceSince: 'b' })
  expect(present()).toEqual({ ann: 'here', dan: 'busy' })
  // Who signs in here as somebody else is told on top of what this page knew, too.
  say('hello', { ...helloOf(), me: bob, presence: { bob: 'here' }, presenceAt: 'd', presenceSince: 'c' })
  expect(present()).toEqual({ ann: 'here', bob: 'here', dan: 'busy' })
  say('hello', { ...helloOf(), presence: { ann: 'here' }, presenceAt: 'e' })
  expect(present()).toEqual({ ann: 'here' })
})

it('asks once who is here and was never introduced', async () => {
  const { connection, asked, say } = fakeConnection({
    'people:get': () => ({ ok: true, data: [personCalled('Cleo')] }),
  })
  say('hello', helloOf())
  say('presence:changed', { presence: { cleo: 'here' }, presenceAt: 'b' })
  say('presence:changed', { presence: { gone: 'here' }, presenceAt: 'c' })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(connection.store.getState().people['cleo']?.name).toBe('Cleo')
  expect(names(asked).filter((name) => name === 'people:get').length).toBeLessThanOrEqual(2)
})

it('knows that the server has a newer page when it is told so, or refused as too old', () => {
  const { connection, say } = fakeConnection()
  say('hello', helloOf())
  expect(connection.store.getState().newer).toBe(null)
  say('connect_error', { message: 'too_old' })
  expect(connection.store.getState().newer).toBe('too_old')
})

it('wakes nobody when nothing has changed', () => {
  const { connection, say } = fakeConnection()
  say('hello', helloOf(3))
  const woken = vi.fn()
  connection.store.subscribe(woken)
  vi.advanceTimersByTime(5_000)
  say('heads', { rooms: { [lobby.id]: { seq: 3, rev: 4 } }, people: 2 })
  expect(woken).not.toHaveBeenCalled()
})
