import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect } from 'vitest'
import { Conversation } from '../messages/Conversation.tsx'
import { saveEdits } from '../messages/edits.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from './fakeSocket.ts'
import { ann, bob, message } from './room.ts'

/** What the tests of editing a message have in common. */

export const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Edit your message' })
export const noField = () => expect(screen.queryByRole('textbox', { name: 'Edit your message' })).toBeNull()
export const box = () => screen.getByRole('textbox', { name: 'Message Lobby' })
export const list = () => screen.getByRole('region', { name: 'Messages in Lobby' })

type Answers = Parameters<typeof fakeConnection>[0]

/** Ann has written the second of three messages in the lobby, to Bob. */
export async function open(answers: Answers = {}) {
  const mine = message(2, { authorId: 'ann', body: 'hello <@bob>' })
  const messages = [message(1), mine, message(3)]
  const fake = fakeConnection({
    'message:list': () => ({
      ok: true,
      data: { roomId: 'lobby', head: { seq: 3, rev: 4 }, messages, people: [ann, bob] },
    }),
    'room:members': () => ({ ok: true, data: { people: [bob], total: 2, next: null } }),
    ...answers,
  })
  act(() => fake.say('hello', helloOf(3)))
  const stop = saveEdits(fake.connection)
  const view = render(
    <SocketContext value={fake.connection}>
      <Conversation roomId="lobby" />
    </SocketContext>,
  )
  await screen.findByText('message 3')
  const item = () => list().querySelector<HTMLElement>(`[data-key="${mine.key}"]`)
  // The tools come after the conversation, and with them what edits.
  await waitFor(() => {
    fireEvent.focusIn(item() ?? list())
    expect(screen.getByRole('button', { name: 'More' })).toBeInTheDocument()
  })
  const edits = () => fake.asked.flatMap(({ name, input }) => (name === 'message:edit' ? [input] : []))
  const edited = (body: string, rev = 5) => ({ ...mine, body, rev, editedAt: 9_000 })
  return { ...fake, stop, view, item, mine, edits, edited }
}

/** By the key that is for it, on the message. */
export async function begin({ item }: Awaited<ReturnType<typeof open>>) {
  act(() => item()?.focus())
  await userEvent.keyboard('e')
  return field()
}
