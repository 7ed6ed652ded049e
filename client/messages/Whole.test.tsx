import { act, render, screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob, message } from '../testing/room.ts'
import { Conversation } from './Conversation.tsx'
import '../rooms/dialogs.ts'

const MESSAGES = 100
const bodies = () => screen.queryAllByText(/^message \d+$/).map(({ textContent }) => textContent)
const fits = () => Math.ceil(innerHeight / 24)

/** The lobby, where a hundred messages are, has been looked at before; `at`: the message that its address names. */
async function comeBack(at: number | null = null, readUpTo = MESSAGES) {
  const messages = Array.from({ length: MESSAGES }, (_, i) => message(i + 1))
  const fake = fakeConnection({
    'message:list': () => ({
      ok: true,
      data: { roomId: 'lobby', head: { seq: MESSAGES, rev: MESSAGES + 1 }, messages, people: [ann, bob] },
    }),
  })
  const hello = helloOf(MESSAGES)
  act(() =>
    fake.say('hello', {
      ...hello,
      rooms: hello.rooms.map((mine) => ({ ...mine, readUpTo, unread: MESSAGES - readUpTo })),
    }),
  )
  const room = (seq: number | null) => (
    <SocketContext value={fake.connection}>
      <Conversation roomId="lobby" at={seq} />
    </SocketContext>
  )
  const { unmount } = render(room(null))
  await waitFor(() => expect(bodies()).toHaveLength(MESSAGES))
  unmount()
  render(room(at))
}

it('shows what fits on the screen at once, and all the rest right after', async () => {
  await comeBack()
  expect(bodies()).toEqual(Array.from({ length: fits() }, (_, i) => `message ${MESSAGES - fits() + i + 1}`))
  await waitFor(() => expect(bodies()).toHaveLength(MESSAGES))
})

it('shows all at once where somebody comes to one message', async () => {
  await comeBack(3)
  expect(bodies()).toHaveLength(MESSAGES)
})

it('shows all at once to somebody who has much to read', async () => {
  await comeBack(null, MESSAGES - fits())
  expect(bodies()).toHaveLength(MESSAGES)
})
