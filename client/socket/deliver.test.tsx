import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeConnection, helloOf, lobby } from '../testing/fakeSocket.ts'
import { message } from '../testing/room.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
})

it('lets what is written in a slow room wait as long as it must, in order, and what is written elsewhere go on', async () => {
  const sent: string[] = []
  let free = 0
  const { connection, say } = fakeConnection({
    'message:send': ({ key, roomId, body }: { key: string; roomId: string; body: string }) => {
      const wait = roomId === 'slow' ? free - performance.now() : 0
      if (wait > 0) {
        const refused = {
          code: 'rate_limited',
          message: 'You can write again in 30 seconds.',
          retryAfter: wait,
        } as const
        return { ok: false, error: refused }
      }
      if (roomId === 'slow') free = performance.now() + 30_000
      sent.push(body)
      return { ok: true, data: { ...message(sent.length, { authorId: 'ann', body }), roomId, key } }
    },
  })
  const hello = helloOf()
  const [mine] = hello.rooms
  if (!mine) throw new Error('Ann is in a room.')
  say('hello', {
    ...hello,
    rooms: [mine, { ...mine, room: { ...lobby, people: [], id: 'slow', isDefault: false, slowMode: 30 } }],
  })
  connection.send('slow', 'slow one')
  connection.send('slow', 'slow two')
  connection.send('slow', 'slow three')
  connection.send('lobby', 'quick')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(sent).toEqual(['slow one', 'quick'])
  await vi.advanceTimersByTimeAsync(26_000)
  expect(sent).toEqual(['slow one', 'quick', 'slow two'])
  await vi.advanceTimersByTimeAsync(31_000)
  expect(sent).toEqual(['slow one', 'quick', 'slow two', 'slow three'])
  expect(
    connection.store
      .getState()
      .outbox.map(({ failed }) => failed)
      .filter(Boolean),
  ).toEqual([])
})

it('lets nothing overtake a message whose files another tab has, holds up no other room, and waits for no tab that is gone', async () => {
  const sent: string[] = []
  const { connection, say } = fakeConnection({
    'message:send': ({ key, roomId, body }: { key: string; roomId: string; body: string }) => {
      sent.push(body)
      return { ok: true, data: { ...message(sent.length, { authorId: 'ann', body }), roomId, key } }
    },
  })
  const other = new BroadcastChannel('natter')
  other.addEventListener('message', ({ data }: MessageEvent<{ type: string }>) => {
    if (data.type === 'who') other.postMessage({ type: 'here', tab: 'there' })
  })
  say('hello', helloOf())
  const file = { local: 'a', name: 'a.txt', type: 'text/plain', size: 1, alt: '' }
  const entry = { key: 'with a file', roomId: 'lobby', body: 'see here', files: [file], at: Date.now(), tab: 'there' }
  connection.store.dispatch({ type: 'adopted', found: [{ ...entry, personId: 'ann', failed: null }] })
  connection.send('lobby', 'what do you say?')
  connection.send('elsewhere', 'hello')
  await vi.waitFor(() => expect(sent).toEqual(['hello']))
  connection.send('elsewhere', 'at once')
  await vi.advanceTimersByTimeAsync(50)
  expect(sent).toEqual(['hello', 'at once'])
  await vi.advanceTimersByTimeAsync(20_000)
  expect(sent).toEqual(['hello', 'at once'])
  // With it goes what only it had.
  other.close()
  await vi.waitFor(() => expect(sent).toEqual(['hello', 'at once', 'what do you say?']), 20_000)
  expect(connection.store.getState().outbox.map(({ body, failed }) => [body, failed !== null])).toContainEqual([
    'see here',
    true,
  ])
})
