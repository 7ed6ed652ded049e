import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { MESSAGE_LENGTH } from '../../protocol/limits.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob, message, packet } from '../testing/room.ts'
import { Conversation } from './Conversation.tsx'
import { saveEdits } from './edits.ts'
import '../rooms/dialogs.ts'

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = vi.fn()
})

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Edit your message' })
const noField = () => expect(screen.queryByRole('textbox', { name: 'Edit your message' })).toBeNull()
const box = () => screen.getByRole('textbox', { name: 'Message Lobby' })
const list = () => screen.getByRole('region', { name: 'Messages in Lobby' })

type Answers = Parameters<typeof fakeConnection>[0]

/** Ann has written the second of three messages in the lobby, to Bob. */
async function open(answers: Answers = {}) {
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
async function begin({ item }: Awaited<ReturnType<typeof open>>) {
  act(() => item()?.focus())
  await userEvent.keyboard('e')
  return field()
}

it('opens with names where the message stands, saves with Enter, and shows it at once in lighter ink', async () => {
  let answer: (answer: { ok: true; data: unknown }) => void = () => {}
  const opened = await open({ 'message:edit': () => new Promise((resolve) => (answer = resolve)) as never })
  const area = await begin(opened)
  expect(area).toHaveValue('hello @Bob')
  expect(area).toHaveFocus()
  expect(opened.item()).toContainElement(area)
  await userEvent.type(area, '{Shift>}{Enter}{/Shift}again{Enter}')
  noField()
  expect(opened.item()).toHaveFocus()
  expect(opened.item()).toHaveAttribute('data-editing', 'saving')
  expect(opened.item()).toHaveTextContent('hello @Bob again')
  expect(opened.edits()).toEqual([{ roomId: 'lobby', seq: 2, body: 'hello <@bob>\nagain' }])
  await act(async () => answer({ ok: true, data: opened.edited('hello <@bob>\nagain') }))
  expect(opened.item()).not.toHaveAttribute('data-editing')
  expect(opened.item()).toHaveTextContent('hello @Bob again(edited)')
  opened.stop()
})

it('edits one’s last message by the arrow up in an empty box, and Esc leaves it and the draft as they were', async () => {
  const opened = await open()
  await userEvent.type(box(), 'x{ArrowUp}')
  noField()
  await userEvent.type(box(), '{Backspace}{ArrowUp}')
  expect(field()).toHaveFocus()
  await userEvent.type(field(), ' and more{Escape}')
  noField()
  expect(box()).toHaveFocus()
  expect(box()).toHaveValue('')
  expect(opened.item()).toHaveTextContent('hello @Bob')
  expect(opened.edits()).toEqual([])
  opened.stop()
})

it('neither saves nor leaves while an input method is composing', async () => {
  const opened = await open()
  const area = await begin(opened)
  fireEvent.change(area, { target: { value: 'にほん' } })
  fireEvent.keyDown(area, { key: 'Enter', isComposing: true })
  fireEvent.keyDown(area, { key: 'Escape', isComposing: true })
  fireEvent.keyDown(area, { key: 'Enter', keyCode: 229 })
  expect(field()).toHaveValue('にほん')
  expect(opened.edits()).toEqual([])
  await userEvent.keyboard('{Escape}')
  opened.stop()
})

it('asks for nothing where nothing was changed, and takes no text that is none or too long', async () => {
  const opened = await open()
  await userEvent.type(await begin(opened), '{Enter}')
  noField()
  const area = await begin(opened)
  await userEvent.clear(area)
  await userEvent.type(area, ' {Enter}')
  expect(screen.getByText(/^A message needs some text/)).toBeVisible()
  fireEvent.change(field(), { target: { value: 'x'.repeat(MESSAGE_LENGTH + 3) } })
  expect(screen.getByText(/^3 characters too many/)).toBeVisible()
  await userEvent.type(field(), '{Enter}')
  expect(opened.edits()).toEqual([])
  await userEvent.keyboard('{Escape}')
  opened.stop()
})

it('says in its place why it was refused, with the text still there', async () => {
  const refusal = { code: 'forbidden', message: 'You are muted here.' } as const
  const opened = await open({ 'message:edit': () => ({ ok: false, error: refusal }) })
  await userEvent.type(await begin(opened), '!{Enter}')
  expect(await screen.findByText('You are muted here.')).toBeVisible()
  expect(field()).toHaveValue('hello @Bob!')
  await userEvent.type(field(), '{Escape}')
  expect(opened.item()).toHaveTextContent('hello @Bob')
  opened.stop()
})

it('waits without a connection, says so, and saves by itself when there is one again', async () => {
  const opened = await open({ 'message:edit': () => ({ ok: true, data: opened.edited('hello <@bob>!') }) })
  act(() => opened.say('disconnect', 'transport close'))
  await userEvent.type(await begin(opened), '!{Enter}')
  expect(opened.item()).toHaveTextContent('hello @Bob!')
  expect(screen.getByText(/^Not saved yet: it will be when you are online again/)).toBeVisible()
  expect(opened.edits()).toEqual([])
  act(() => opened.say('hello', helloOf(3)))
  await waitFor(() => expect(opened.item()).toHaveTextContent('hello @Bob!(edited)'))
  expect(screen.queryByText(/^Not saved yet/)).toBeNull()
  opened.stop()
})

it('tries again by itself what was refused for a passing reason, and says what it waits for', async () => {
  const passing = { code: 'rate_limited', message: 'Too many requests.', retryAfter: 300 } as const
  let refusals = 1
  const opened = await open({
    'message:edit': () =>
      refusals-- > 0 ? { ok: false, error: passing } : { ok: true, data: opened.edited('hello <@bob>!') },
  })
  await userEvent.type(await begin(opened), '!{Enter}')
  expect(await screen.findByText('Not saved yet: Too many requests.')).toBeVisible()
  await waitFor(() => expect(opened.item()).toHaveTextContent('hello @Bob!(edited)'))
  expect(opened.edits()).toHaveLength(2)
  opened.stop()
})

it('takes back into the field what is not saved yet', async () => {
  const opened = await open()
  act(() => opened.say('disconnect', 'transport close'))
  await userEvent.type(await begin(opened), '!{Enter}')
  await userEvent.click(within(opened.item() ?? list()).getByText('Edit'))
  expect(field()).toHaveValue('hello @Bob!')
  expect(field()).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  expect(opened.item()).toHaveTextContent('hello @Bob')
  act(() => opened.say('hello', helloOf(3)))
  expect(opened.edits()).toEqual([])
  opened.stop()
})

it('keeps what is being written over another room and another page, and takes no focus when it is there again', async () => {
  const opened = await open()
  await userEvent.type(await begin(opened), ' wait')
  opened.view.rerender(<SocketContext value={opened.connection}>elsewhere</SocketContext>)
  noField()
  opened.view.rerender(
    <SocketContext value={opened.connection}>
      <Conversation roomId="lobby" />
    </SocketContext>,
  )
  await waitFor(() => expect(field()).toHaveValue('hello @Bob wait'))
  dispatchEvent(new Event('pagehide'))
  expect(
    Object.entries({ ...localStorage })
      .flat()
      .join(),
  ).toContain('hello @Bob wait')
  await userEvent.type(field(), '{Escape}')
  expect(
    Object.entries({ ...localStorage })
      .flat()
      .join(),
  ).not.toContain('hello @Bob wait')
  opened.stop()
})

it('loses nothing that was typed when the message is changed or deleted elsewhere meanwhile', async () => {
  const opened = await open()
  await userEvent.type(await begin(opened), ' mine')
  act(() => opened.say('events', packet([opened.edited('changed elsewhere')])))
  expect(field()).toHaveValue('hello @Bob mine')
  expect(screen.getByText(/^It was changed elsewhere meanwhile/)).toBeVisible()
  act(() => opened.say('events', packet([message(2, { authorId: 'ann', rev: 6, deleted: true })])))
  const stranded = await screen.findByRole('group', { name: 'Edit your message' })
  expect(within(stranded).getByRole('textbox', { name: 'What you wrote' })).toHaveValue('hello @Bob mine')
  await userEvent.click(within(stranded).getByRole('button', { name: 'Put it into the box' }))
  expect(box()).toHaveValue('hello @Bob mine')
  expect(box()).toHaveFocus()
  expect(screen.queryByRole('group', { name: 'Edit your message' })).toBeNull()
  opened.stop()
})

it('draws no message again for a key in the field', async () => {
  const opened = await open()
  const area = await begin(opened)
  const drawn = new MutationObserver(() => {})
  drawn.observe(list().querySelector(`[data-key="${message(1).key}"]`) ?? list(), { subtree: true, childList: true })
  await userEvent.type(area, 'abc')
  expect(drawn.takeRecords()).toEqual([])
  await userEvent.keyboard('{Escape}')
  opened.stop()
})

it('shows what a message said before to whoever asks, by its mark and by key, and no more once it is deleted', async () => {
  const versions = [
    { rev: 5, body: 'as it is', writtenAt: 9_000 },
    { rev: 3, body: 'as it <@bob> was', writtenAt: 2_000 },
  ]
  const opened = await open({ 'message:history': () => ({ ok: true, data: { versions, people: [], next: null } }) })
  act(() => opened.say('events', packet([opened.edited('as it is')])))
  await userEvent.click(within(opened.item() ?? list()).getByText('(edited)'))
  const texts = () => screen.queryAllByText(/^as it /, { selector: 'dialog p' }).map(({ textContent }) => textContent)
  await waitFor(() => expect(texts()).toEqual(['as it is', 'as it @Bob was']))
  await userEvent.click(screen.getByText('Close'))
  act(() => opened.item()?.focus())
  await userEvent.keyboard('h')
  await waitFor(() => expect(texts()).toHaveLength(2))
  act(() => opened.say('events', packet([message(2, { authorId: 'ann', rev: 6, deleted: true })])))
  expect(texts()).toEqual([])
  opened.stop()
})

it('goes on in the box after what was begun by the pointer', async () => {
  const opened = await open()
  await userEvent.click(within(opened.item() ?? list()).getByRole('button', { name: 'Edit' }))
  await userEvent.type(field(), '!{Enter}')
  noField()
  expect(box()).toHaveFocus()
  opened.stop()
})
