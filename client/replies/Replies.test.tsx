import { act, render, screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob, message } from '../testing/room.ts'
import { Replies } from './Replies.tsx'
import '../rooms/dialogs.ts'

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
