import { act, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
// What comes later is there already: a busy machine takes long to read it.
import './data.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, withOwnEmoji } from '../testing/fakeSocket.ts'
import { Picker } from './Picker.tsx'

/** Rises with each place that is opened: what this browser has kept of the one before is old. */
let rev = 0

async function open(...names: string[]) {
  rev++
  const [onPick, onClose] = [vi.fn<(emoji: string) => void>(), vi.fn<() => void>()]
  const emoji = names.map((name) => ({ name, picture: `${name}-picture` }))
  const { connection, say } = fakeConnection({ 'emoji:list': () => ({ ok: true, data: { rev, emoji } }) })
  act(() => say('hello', withOwnEmoji(names.length > 0 ? rev : undefined)))
  const { unmount } = render(
    <SocketContext value={connection}>
      <Picker place={new DOMRect()} onPick={onPick} onClose={onClose} />
    </SocketContext>,
  )
  const field = await screen.findByLabelText('Find an emoji')
  return { onPick, onClose, field, unmount }
}
/** To ask so many for their names takes long. */
const cells = () => [...document.querySelectorAll('[role=gridcell]')]
const focused = () => document.activeElement?.getAttribute('aria-label')

it('finds by name and by other words, and takes the first with Enter', async () => {
  const { onPick, onClose, field } = await open()
  expect(field).toHaveFocus()
  await userEvent.type(field, 'birthday{Enter}')
  expect([onPick.mock.calls, onClose.mock.calls.length]).toEqual([[['🎂']], 1])
  await userEvent.clear(field)
  await userEvent.type(field, 'dessert')
  expect(screen.getByLabelText('birthday cake')).toHaveTextContent('🎂')
  await userEvent.type(field, 'qqq')
  expect(screen.getByText('No emoji is called “dessertqqq”.')).toBeInTheDocument()
})

it('is gone through by arrows, Home and End, and left with Esc', async () => {
  const { onPick, onClose, field } = await open()
  await userEvent.type(field, 'cat{ArrowDown}')
  const found = cells().map((cell) => cell.getAttribute('aria-label'))
  expect(found.length).toBeGreaterThan(16)
  expect(focused()).toBe(found[0])
  await userEvent.keyboard('{ArrowRight}{ArrowDown}')
  expect(focused()).toBe(found[9])
  await userEvent.keyboard('{Home}')
  expect(focused()).toBe(found[8])
  await userEvent.keyboard('{End}')
  expect(focused()).toBe(found[15])
  await userEvent.keyboard('{ArrowLeft}{ArrowUp}')
  expect(focused()).toBe(found[6])
  await userEvent.keyboard('{Enter}')
  expect(onPick).toHaveBeenCalledTimes(1)
  await userEvent.keyboard('{ArrowUp}')
  expect(field).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledTimes(2)
})

it('remembers in this browser what was chosen last, and in which tone', async () => {
  const first = await open()
  await userEvent.selectOptions(screen.getByLabelText('Skin tone'), '🏾')
  await userEvent.type(first.field, 'waving hand{Enter}')
  expect(first.onPick.mock.calls).toEqual([['👋🏾']])
  first.unmount()
  await open()
  expect(cells()[0]).toHaveAccessibleName('waving hand')
  expect(cells()[0]).toHaveTextContent('👋🏾')
})

it('has the place’s own in a group of their own, by name, and among what was chosen lately as long as they are there', async () => {
  const first = await open('party', 'cat_1')
  const own = await screen.findByRole('rowgroup', { name: 'Only in this place', hidden: true })
  const cell = within(own).getByLabelText(':cat_1:')
  expect(within(cell).getByAltText(':cat_1:')).toHaveAttribute('src', '/api/pictures/cat_1-picture')
  await userEvent.type(first.field, 'cat 1{Enter}')
  expect(first.onPick.mock.calls).toEqual([[':cat_1:']])
  first.unmount()
  const second = await open('party', 'cat_1')
  await screen.findByRole('rowgroup', { name: 'Only in this place', hidden: true })
  expect(cells()[0]).toHaveAccessibleName(':cat_1:')
  second.unmount()
  await open('party')
  await screen.findByRole('rowgroup', { name: 'Only in this place', hidden: true })
  expect(screen.queryByLabelText(':cat_1:')).toBeNull()
})
