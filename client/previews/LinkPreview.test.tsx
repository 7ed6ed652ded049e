import { act, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { Answer } from '../../protocol/index.ts'
import type { Message } from '../../protocol/messages.ts'
import { Conversation } from '../messages/Conversation.tsx'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob, message, packet } from '../testing/room.ts'
import '../rooms/dialogs.ts'

const host = { url: 'https://a.example/cake', site: 'a.example' }
const page = { ...host, title: 'A cake' }

/** Ann looks at a message with a link in the lobby; what she asks for is answered so. */
async function open(authorId: string, answer: Answer<Message> = { ok: true, data: message(1) }) {
  const sent = message(1, { body: 'Look.', authorId, preview: host })
  const fake = fakeConnection({
    'message:list': () => ({
      ok: true,
      data: { roomId: 'lobby', head: { seq: 1, rev: 2 }, messages: [sent], people: [ann, bob] },
    }),
    'preview:remove': () => answer,
  })
  act(() => fake.say('hello', helloOf(1)))
  render(
    <SocketContext value={fake.connection}>
      <Conversation roomId="lobby" />
    </SocketContext>,
  )
  await screen.findByRole('link', { name: 'a.example' })
  const update = (preview?: Message['preview']) => act(() => fake.say('events', packet([{ ...sent, preview, rev: 3 }])))
  return { ...fake, update }
}

const remove = () => screen.queryByRole('button', { name: 'Remove the line about a.example' })

it('says where a link leads, and what the page is called once it has said so, in the same line', async () => {
  const { update } = await open('bob')
  update(page)
  const link = screen.getByRole('link', { name: 'a.example · A cake' })
  expect(link).toHaveAttribute('href', page.url)
  expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow')
  expect(remove()).toBeNull()
})

it('is taken away at once by whoever wrote the message, who stays where they were', async () => {
  const { asked, update } = await open('ann')
  await userEvent.click(remove() ?? document.body)
  expect(screen.queryByRole('link', { name: 'a.example' })).toBeNull()
  expect(screen.getByText('Look.').closest('li')).toHaveFocus()
  expect(asked).toContainEqual({ name: 'preview:remove', input: { roomId: 'lobby', seq: 1 } })
  update(undefined)
  expect(document.querySelector('.linked')).toBeNull()
})

it('comes back, and says why, where that is refused', async () => {
  await open('ann', { ok: false, error: { code: 'not_found', message: 'No such message.' } })
  await userEvent.click(remove() ?? document.body)
  expect(await screen.findByText('No such message.')).toBeInTheDocument()
  await waitFor(() => expect(screen.getByRole('link', { name: 'a.example' })).toBeInTheDocument())
})
