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

it('sends in the next tab what was waiting in one that was closed, in order and under the same keys', async () => {
  const closed = fakeConnection()
  closed.say('hello', helloOf())
  closed.say('disconnect', 'transport close')
  for (const text of ['one', 'two']) closed.connection.send('lobby', text)
  const keys = closed.connection.store.getState().outbox.map(({ key }) => key)

  const next = fakeConnection()
  next.say('hello', helloOf())
  expect(next.connection.store.getState().outbox.map(({ key, body }) => [key, body])).toEqual([
    [keys[0], 'one'],
    [keys[1], 'two'],
  ])
  expect(next.asked[0]).toMatchObject({ name: 'message:send', input: { key: keys[0], body: 'one' } })
  const stored = { ...message(1, { authorId: 'ann', body: 'one' }), key: keys[0] ?? '' }
  next.say('events', packet([stored]))
  const third = fakeConnection()
  third.say('hello', helloOf(1))
  expect(third.connection.store.getState().outbox.map(({ body }) => body)).toEqual(['two'])
})

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

it('works without storage: one message, sent once, and the box may be emptied', async () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const { connection, asked, say } = fakeConnection()
  say('hello', helloOf())
  expect(connection.send('lobby', 'no room for me')).toBe(true)
  await vi.advanceTimersByTimeAsync(0)
  expect(names(asked)).toEqual(['message:send'])
})

it('tells after a reconnect what was read while nobody could be told', () => {
  const { connection, asked, say } = fakeConnection()
  say('hello', helloOf(3))
  say('events', packet([message(4)]))
  say('disconnect', 'transport close')
  connection.store.dispatch({ type: 'read', roomId: 'lobby', readUpTo: 4 })
  say('hello', { ...helloOf(4), rooms: helloOf(4).rooms.map((mine) => ({ ...mine, readUpTo: 3, unread: 1 })) })
  expect(asked).toContainEqual({ name: 'read:advance', input: { roomId: 'lobby', seq: 4 } })
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
    'read:advance': () => ({ ok: true, data: { roomId: 'lobby', readUpTo: 1, unread: 1, seq: 3 } }),
  })
  say('hello', { ...helloOf(3), rooms: helloOf(3).rooms.map((mine) => ({ ...mine, readUpTo: 1, unread: 2 })) })
  say('events', packet([message(2, { rev: 5, deleted: true })]))
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toContainEqual({ name: 'read:advance', input: { roomId: 'lobby', seq: 1 } })
  const { unread, timeline } = connection.store.getState().rooms['lobby'] ?? {}
  expect(unread && timeline && unreadOf(unread, timeline, 'ann')).toBe(1)
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
  expect(unread && timeline && unreadOf(unread, timeline, 'ann')).toBe(3)
})

it('asks once who is here and was never introduced', async () => {
  const { connection, asked, say } = fakeConnection({
    'people:get': () => ({ ok: true, data: [personCalled('Cleo')] }),
  })
  say('hello', helloOf())
  say('presence:changed', { personId: 'cleo', presence: 'here' })
  say('presence:changed', { personId: 'gone', presence: 'here' })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(connection.store.getState().people['cleo']?.name).toBe('Cleo')
  expect(names(asked).filter((name) => name === 'people:get').length).toBeLessThanOrEqual(2)
})

it('does not put another tab’s words into the box at a reconnect', () => {
  const { connection, say } = fakeConnection()
  say('hello', helloOf())
  localStorage.setItem('natter.draft.ann.lobby', 'of another tab')
  say('disconnect', 'transport close')
  say('hello', helloOf())
  expect(connection.store.getState().drafts).toEqual({})
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
