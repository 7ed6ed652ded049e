import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob, message } from '../testing/room.ts'
import { dismiss } from '../ui/toasts.ts'
import { Toasts } from '../ui/Toasts.tsx'
import { Conversation } from './Conversation.tsx'
import '../rooms/dialogs.ts'

beforeEach(() => {
  // jsdom has no modal dialogs.
  HTMLDialogElement.prototype.showModal = vi.fn()
})

/** Ann has read three messages in the lobby, the last of which is her own, and stands on this one. */
async function standOn(text: string) {
  const messages = [message(1), message(2), message(3, { authorId: 'ann' })]
  const removed = { ...message(3, { authorId: 'ann', deleted: true }), rev: 5 }
  const fake = fakeConnection({
    'message:list': () => ({
      ok: true,
      data: { roomId: 'lobby', head: { seq: 3, rev: 4 }, messages, people: [ann, bob] },
    }),
    'message:delete': () => ({ ok: true, data: removed }),
    'message:restore': () => ({
      ok: false,
      error: { code: 'not_found', message: 'It is too late to put it back.' },
    }),
  })
  act(() => fake.say('hello', helloOf(3)))
  render(
    <SocketContext value={fake.connection}>
      <Conversation roomId="lobby" />
    </SocketContext>,
  )
  const item = (await screen.findByText(text)).closest('li')
  if (!item) throw new Error('Messages are items of a list.')
  act(() => item.focus())
  // The tools come after the conversation.
  await waitFor(() => {
    fireEvent.focusIn(item)
    expect(screen.getByRole('button', { name: 'More' })).toBeInTheDocument()
  })
  const readUpTo = () => fake.connection.store.getState().rooms['lobby']?.unread.readUpTo
  return { ...fake, item, readUpTo }
}

it('makes unread from the message that has the focus by one key, and tells the server that it was put back', async () => {
  const { asked, readUpTo } = await standOn('message 2')
  await userEvent.keyboard('{Control>}u{/Control}')
  expect(readUpTo()).toBe(3)
  await userEvent.keyboard('u')
  expect(readUpTo()).toBe(1)
  expect(asked).toContainEqual({ name: 'read:advance', input: { roomId: 'lobby', seq: 1, rev: 1 } })
})

it('has everything in a menu under the same name, which arrows go through and Esc closes', async () => {
  const { item, readUpTo } = await standOn('message 2')
  await userEvent.keyboard('{Enter}')
  expect(screen.getByRole('button', { name: 'React' })).toHaveFocus()
  await userEvent.keyboard('{Tab}')
  expect(screen.getByRole('button', { name: 'Reply' })).toHaveFocus()
  await userEvent.tab()
  expect(screen.getByRole('button', { name: 'More' })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  const names = () => screen.queryAllByRole('menuitem', { hidden: true }).map(({ textContent }) => textContent)
  expect(names()).toEqual([
    '👍',
    '❤️',
    '😂',
    '🎉',
    '🙏',
    '👀',
    'React +',
    'Reply R',
    'Forward F',
    'Pin to the room P',
    'Save for later S',
    'Remind me W',
    'Copy text C',
    'Copy as Markdown M',
    'Copy link L',
    'Unread from here U',
    'About Bob I',
    'Report !',
  ])
  await userEvent.keyboard('{ArrowUp}')
  expect(screen.getByText(/^Report/)).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Escape}')
  expect(names()).toEqual([])
  expect(item).toHaveFocus()
  await userEvent.keyboard('{Enter}{Escape}')
  expect(item).toHaveFocus()
  expect(readUpTo()).toBe(3)
  fireEvent.contextMenu(item)
  await userEvent.click(screen.getByText(/^Unread from here/))
  expect(readUpTo()).toBe(1)
})

it('reacts from the menu with what one chose last, by one tap or by arrows', async () => {
  const { asked, item } = await standOn('message 2')
  const reactions = () => asked.filter(({ name }) => name === 'reaction:set').map(({ input }) => input)
  const inMenu = (name: string | RegExp) => within(screen.getByRole('menu', { hidden: true })).getByText(name)
  fireEvent.contextMenu(item)
  await userEvent.click(inMenu('😂'))
  expect(screen.queryByRole('menu', { hidden: true })).toBeNull()
  fireEvent.contextMenu(item)
  expect(inMenu('😂')).toHaveFocus()
  await userEvent.keyboard('{ArrowLeft}{ArrowRight}{ArrowRight}')
  expect(inMenu('❤️')).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}')
  expect(inMenu(/^React/)).toHaveFocus()
  await userEvent.keyboard('{ArrowUp}')
  expect(inMenu('👀')).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  expect(reactions()).toEqual([
    { roomId: 'lobby', seq: 2, emoji: '😂', on: true },
    { roomId: 'lobby', seq: 2, emoji: '👀', on: true },
  ])
})

it('deletes one’s own message at once, and puts it back from the offer that follows', async () => {
  const { asked } = await standOn('message 3')
  render(<Toasts />)
  await userEvent.keyboard('{Shift>}{Delete}{/Shift}')
  expect(asked).toContainEqual({ name: 'message:delete', input: { roomId: 'lobby', seq: 3 } })
  const offered = await screen.findByRole('group', { name: 'Message deleted.' })
  await userEvent.click(within(offered).getByRole('button', { name: 'Put it back' }))
  expect(asked).toContainEqual({ name: 'message:restore', input: { roomId: 'lobby', seq: 3 } })
  expect(await screen.findByRole('group', { name: 'It is too late to put it back.' })).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
})

it('says that a message was not deleted, and tries again what may succeed then', async () => {
  const { asked, say } = await standOn('message 3')
  render(<Toasts />)
  act(() => say('disconnect', 'transport close'))
  await userEvent.keyboard('{Delete}')
  const offered = await screen.findByRole('group', { name: /^Not deleted: Natter does not answer/ })
  act(() => say('hello', helloOf(3)))
  await userEvent.click(within(offered).getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(asked.some(({ name }) => name === 'message:delete')).toBe(true))
  act(() => dismiss())
})

it('asks first where one could not put it back, and offers no editing there', async () => {
  const { asked, say, item } = await standOn('message 3')
  const requests = () => asked.filter(({ name }) => name === 'message:delete')
  const until = Date.now() + 60_000
  act(() => say('moderation:changed', { mutes: [{ roomId: 'lobby', until }], blocked: [], reports: 0 }))
  await userEvent.keyboard('e')
  expect(screen.queryByRole('textbox', { name: 'Edit your message' })).toBeNull()
  await userEvent.keyboard('{Delete}')
  expect(screen.getByText(/so you cannot put it back\.$/)).toBeInTheDocument()
  await userEvent.click(screen.getByText('Keep it'))
  expect(requests()).toEqual([])
  act(() => item.focus())
  await userEvent.keyboard('{Delete}')
  await userEvent.click(screen.getByText('Delete it'))
  expect(requests()).toEqual([{ name: 'message:delete', input: { roomId: 'lobby', seq: 3 } }])
  await waitFor(() => expect(screen.queryByText(/so you cannot put it back\.$/)).toBeNull())
})

it('copies the address of a message and its words as they were written', async () => {
  const written = vi.fn<(text: string) => Promise<void>>(async () => {})
  await standOn('message 3')
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: written }, configurable: true })
  onTestFinished(() => void Reflect.deleteProperty(navigator, 'clipboard'))
  await userEvent.keyboard('l')
  expect(written).toHaveBeenLastCalledWith(`${location.origin}/r/lobby/3`)
  await userEvent.keyboard('m')
  expect(written).toHaveBeenLastCalledWith('message 3')
  expect(await screen.findByText('Copied.')).toBeInTheDocument()
})

it('has the commonest tools as buttons before the menu', async () => {
  await standOn('message 3')
  const tools = screen.getByRole('group', { name: /^Message from You/ })
  expect(
    within(tools)
      .getAllByRole('button')
      .map(({ title }) => title),
  ).toEqual(['React', 'Edit', 'Reply', 'More'])
})

it('answers the message that has the focus by one key, until one would rather not', async () => {
  const { connection } = await standOn('message 2')
  const target = () => connection.store.getState().drafts['lobby to']
  await userEvent.keyboard('r')
  const box = screen.getByRole('textbox', { name: 'Message Lobby' })
  expect(box).toHaveFocus()
  expect(await screen.findByText(/^Replying to Bob: message 2/)).toBeInTheDocument()
  await userEvent.keyboard('{Escape}')
  expect(target()).toBeUndefined()
  act(() => connection.store.dispatch({ type: 'draft', roomId: 'lobby to', text: '2' }))
  await userEvent.type(box, 'me{Enter}')
  expect(connection.store.getState().outbox).toMatchObject([{ body: 'me', replyTo: 2 }])
  expect(target()).toBeUndefined()
})
