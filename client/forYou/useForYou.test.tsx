import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, it } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { bob, message } from '../testing/room.ts'
import { useForYou } from './useForYou.ts'

it('has what was said to me in a room that is put away by now', async () => {
  const fake = fakeConnection({
    'for-you:list': () => ({
      ok: true,
      data: { messages: [message(1, { mentions: ['ann'] })], people: [bob], next: null },
    }),
  })
  const hello = helloOf()
  const [mine] = hello.rooms
  act(() => fake.say('hello', { ...hello, rooms: [{ ...mine!, room: { ...mine!.room, archived: true } }] }))
  const { result } = renderHook(useForYou, {
    wrapper: ({ children }: { children: ReactNode }) => (
      <SocketContext value={fake.connection}>{children}</SocketContext>
    ),
  })
  await waitFor(() => expect(result.current.mentions).toBeDefined())
  expect(result.current.mentions?.map(({ room, message: { seq } }) => [room, seq])).toEqual([['Lobby', 1]])
})
