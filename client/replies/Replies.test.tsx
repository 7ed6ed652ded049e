import { act, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob, message, packet } from '../testing/room.ts'
import * as time from '../ui/time.ts'
import { Replies } from './Replies.tsx'
import '../rooms/dialogs.ts'

vi.mock('../ui/time.ts', { spy: true })

const host = { url: 'https://a.example/cake', site: 'a.example' }
const first = message(1, { body: 'A cake', preview: host, pinned: { by: 'bob', at: 1 } })
const reply = (seq: number) => message(seq, { replyTo: 1, thread: 1, preview: host, pinned: { by: 'bob', at: 1 } })
const pane = () => screen.getByRole('complementary', { name: 'Replies' })
const item = (name: string) => within(within(pane()).getByText(name).closest('li') ?? pane())

/** Ann looks at the replies to a message of Bob's. */
async function open() {
  const [head, people] = [{ seq: 3, rev: 4 }, [ann, bob]]
  const replies = [reply(2), reply(3)]
  const fake = fakeConnection({
    'message:get': () => ({ ok: true, data: { roomId: 'lobby', head, messages: [first], people } }),
    'message:replies': () => ({ ok: true, data: { roomId: 'lobby', head, messages: replies, people, next: null } }),
  })
  act(() => fake.say('hello', helloOf(3)))
  const data = { roomId: 'lobby', head, messages: [first, ...replies], people }
  act(() => fake.connection.store.dispatch({ type: 'page', page: data, side: 'reset' }))
  render(
    <SocketContext value={fake.connection}>
      <Replies roomId="lobby" thread={1} />
    </SocketContext>,
  )
  await within(pane()).findByText('message 3')
  await within(pane()).findAllByText('Pinned by Bob')
  return fake
}

it('shows of a message all that the room shows of it, but what it answers', async () => {
  await open()
  for (const name of ['A cake', 'message 2']) {
    expect(await item(name).findByRole('link', { name: 'a.example' })).toBeInTheDocument()
    expect(item(name).getByText('Pinned by Bob')).toBeInTheDocument()
    expect(item(name).queryByText('In reply to')).toBeNull()
  }
})

it('draws no message again for a key in the box, or for another message', async () => {
  const { say } = await open()
  const drawn = vi.mocked(time.exactTimeOf)
  drawn.mockClear()
  await userEvent.type(screen.getByRole('textbox', { name: 'Reply to Bob' }), 'a few keys')
  expect(drawn).not.toHaveBeenCalled()
  act(() => say('events', packet([reply(4)])))
  expect(await within(pane()).findByText('message 4')).toBeInTheDocument()
  // The new one, and the one before it, which is no longer where Tab leads.
  expect(new Set(drawn.mock.calls.map(([at]) => at))).toEqual(new Set([3_000, 4_000]))
})
