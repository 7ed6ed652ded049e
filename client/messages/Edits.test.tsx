import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { MESSAGE_LENGTH } from '../../protocol/limits.ts'
import { begin, box, field, list, noField, open } from '../testing/editing.tsx'
import { message, packet } from '../testing/room.ts'
import '../rooms/dialogs.ts'

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = vi.fn()
})

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
