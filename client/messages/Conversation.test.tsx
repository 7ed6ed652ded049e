import { act, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob, message, packet } from '../testing/room.ts'
import * as time from '../ui/time.ts'
import { Conversation } from './Conversation.tsx'
import '../rooms/dialogs.ts'

vi.mock('../ui/time.ts', { spy: true })

const list = () => screen.getByRole('region', { name: 'Messages in Lobby' })
const box = () => screen.getByRole('textbox', { name: 'Message Lobby' })

/** Ann reads and writes in the lobby, where three messages are. */
async function open(answers: Parameters<typeof fakeConnection>[0] = {}) {
  const messages = [1, 2, 3].map((seq) => message(seq))
  const fake = fakeConnection({
    'message:list': () => ({
      ok: true,
      data: { roomId: 'lobby', head: { seq: 3, rev: 4 }, messages, people: [ann, bob] },
    }),
    ...answers,
  })
  act(() => fake.say('hello', helloOf(3)))
  const page = (
    <SocketContext value={fake.connection}>
      <Conversation roomId="lobby" />
    </SocketContext>
  )
  const { unmount } = render(page)
  await screen.findByText('message 3')
  return { ...fake, page, unmount }
}

it('shows one’s own message at once and once: in lighter ink, then dry, the same node', async () => {
  const { say, connection } = await open()
  await userEvent.type(box(), 'mine{Enter}')
  const item = within(list()).getByText('mine').closest('li')
  expect(item).toHaveAttribute('data-state', 'sending')
  const { key = '' } = connection.store.getState().outbox[0] ?? {}
  const stored = { ...message(4, { authorId: 'ann', body: 'mine', sentAt: Date.now() }), key }
  act(() => say('events', packet([stored])))
  act(() => say('events', packet([stored])))
  expect(within(list()).getAllByText('mine')).toHaveLength(1)
  expect(within(list()).getByText('mine').closest('li')).toBe(item)
  expect(item).toHaveAttribute('data-state', 'sent')
})

it('calls failed only what was refused for good, and then offers to try again, edit or discard', async () => {
  const refusal = { code: 'forbidden', message: 'This room is for moderators to write in.' } as const
  await open({ 'message:send': () => ({ ok: false, error: refusal }) })
  await userEvent.type(box(), 'no{Enter}')
  expect(await screen.findByText(/^Not sent: This room is for moderators/)).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Edit' }))
  expect(box()).toHaveValue('no')
  expect(box()).toHaveFocus()
  expect(screen.queryByText(/^Not sent/)).toBeNull()
})

it('draws no message again for a key in the box, for typing, or for another message', async () => {
  const { say } = await open()
  const drawn = vi.mocked(time.exactTimeOf)
  drawn.mockClear()
  await userEvent.type(box(), 'a few keys')
  act(() => say('typing:changed', { roomId: 'lobby', personId: 'bob', typing: true }))
  expect(drawn).not.toHaveBeenCalled()
  act(() => say('events', packet([message(4)])))
  // The new one, and the one before it, which is no longer where Tab leads.
  await vi.waitFor(() => expect(drawn).toHaveBeenCalledTimes(2))
})

it('follows a new name in old messages', async () => {
  const { say } = await open()
  act(() => say('people:changed', { after: 2, rev: 3, people: [{ ...bob, rev: 3, name: 'Robert' }] }))
  expect(within(list()).getByText('Robert', { selector: '.name' })).toBeVisible()
  expect(within(list()).queryByText('Bob')).toBeNull()
})

it('goes on showing what waits while something before it is missing', async () => {
  const { say } = await open()
  act(() => say('disconnect', 'transport close'))
  await userEvent.type(box(), 'written offline{Enter}')
  const item = within(list()).getByText('written offline').closest('li')
  act(() => say('hello', helloOf(9)))
  expect(within(list()).getByText('written offline').closest('li')).toBe(item)
})

it('reads what stays in sight, also where messages keep coming', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
  const { say, connection } = await open()
  for (let seq = 4; seq <= 10; seq++) {
    act(() => say('events', packet([message(seq)])))
    await act(() => vi.advanceTimersByTimeAsync(300))
  }
  expect(connection.store.getState().rooms['lobby']?.unread.readUpTo).toBeGreaterThan(6)
  vi.useRealTimers()
})

it('draws a line before what came while the page was not there, also where the server has not heard how far was read', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
  const { say, page, unmount } = await open()
  act(() => say('disconnect', 'transport close'))
  unmount()
  render(page)
  const [room] = helloOf(4).rooms
  if (!room) throw new Error('a lobby is in every hello')
  // Of the three that were read without a connection the server has heard of one.
  act(() => say('hello', { ...helloOf(4), rooms: [{ ...room, readUpTo: 1, unread: 3 }] }))
  // And there is more to come, so that it is read before all is here.
  act(() => say('heads', { rooms: { lobby: { seq: 4, rev: 9 } }, people: 2 }))
  act(() => say('events', packet([message(4)])))
  const line = await within(list()).findByRole('heading', { name: /^New messages since/ })
  expect(line.compareDocumentPosition(screen.getByText('message 4'))).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
})

it('sends again under the same key what is tried again', async () => {
  const refusal = { code: 'forbidden', message: 'Not now.' } as const
  let refusals = 1
  const { asked } = await open({
    'message:send': () => (refusals-- > 0 ? { ok: false, error: refusal } : (new Promise(() => {}) as never)),
  })
  await userEvent.type(box(), 'once more{Enter}')
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(asked.filter(({ name }) => name === 'message:send')).toHaveLength(2))
  const keys = asked.flatMap(({ name, input }) => (name === 'message:send' ? [(input as { key: string }).key] : []))
  expect(new Set(keys).size).toBe(1)
  expect(within(list()).getByText('once more').closest('li')).toHaveAttribute('data-state', 'sending')
})

it('gives the focus to the newest message where one is discarded that was not sent, and to its own where it is tried again', async () => {
  const refusal = { code: 'forbidden', message: 'Not now.' } as const
  let answers = 2
  await open({
    'message:send': () => (answers-- > 0 ? { ok: false, error: refusal } : (new Promise(() => {}) as never)),
  })
  const rowOf = (text: string) => within(list()).getByText(text).closest('li')
  await userEvent.type(box(), 'never mind{Enter}')
  await userEvent.click(await screen.findByRole('button', { name: 'Discard' }))
  expect(rowOf('message 3')).toHaveFocus()
  await userEvent.type(box(), 'once more{Enter}')
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }))
  expect(rowOf('once more')).toHaveFocus()
})
