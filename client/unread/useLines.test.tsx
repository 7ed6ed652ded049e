import { act, renderHook, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { bob, message } from '../testing/room.ts'
import { useLines } from './useLines.ts'

it('shows what was said while this tab was away, before the room itself has caught up', async () => {
  const head = { seq: 2, rev: 3 }
  const { connection, say } = fakeConnection({
    'message:list': () => ({ ok: true, data: { roomId: 'lobby', head, messages: [message(2)], people: [bob] } }),
  })
  act(() => {
    say('hello', helloOf(1))
    const page = { roomId: 'lobby', head: { seq: 1, rev: 2 }, messages: [message(1)], people: [bob] }
    connection.store.dispatch({ type: 'page', page, side: 'reset' })
    const [mine] = helloOf(1).rooms
    say('hello', { ...helloOf(1), rooms: mine ? [{ ...mine, head, unread: 1 }] : [] })
  })
  const { result } = renderHook(() => useLines(['lobby']), {
    wrapper: ({ children }) => <SocketContext value={connection}>{children}</SocketContext>,
  })
  await waitFor(() => expect(result.current.lines['lobby']?.map(({ text }) => text)).toEqual(['message 2']))
})
