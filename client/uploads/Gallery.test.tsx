import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { MessageFile } from '../../protocol/files.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann } from '../testing/room.ts'
import type { MessageRow } from '../messages/rows.ts'
// What comes later is there already: a busy machine takes long to read it.
import './Gallery.tsx'
import { Files } from './Files.tsx'

// jsdom has no top layer.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
  this.querySelector('button')?.focus()
}
HTMLDialogElement.prototype.close = function close() {
  this.open = false
  this.dispatchEvent(new Event('close'))
}

const picture = (id: string, more: Partial<MessageFile> = {}): MessageFile => ({
  id,
  name: `${id}.jpg`,
  type: 'image/jpeg',
  size: 1,
  width: 400,
  height: 300,
  ...more,
})

const rowOf = (files: MessageFile[]) =>
  ({ type: 'message', key: 'a', author: ann, said: { roomId: 'lobby', files } }) as unknown as MessageRow

async function open(files: MessageFile[], which: string) {
  const { connection, say } = fakeConnection()
  const part = (shown: MessageFile[]) => (
    <SocketContext value={connection}>
      <Files row={rowOf(shown)} onEdit={() => {}} />
    </SocketContext>
  )
  const { rerender } = render(part(files))
  const opener = screen.getByRole('button', { name: `Open picture: ${which}` })
  await userEvent.click(opener)
  const gallery = within(await screen.findByRole('dialog'))
  return { opener, gallery, say, update: (left: MessageFile[]) => rerender(part(left)) }
}

const three = [picture('one', { alt: 'A lamp' }), picture('two'), picture('three')]

it('shows the picture that was opened, with what is said of it, and gives the focus back', async () => {
  const { opener, gallery } = await open(three, 'A lamp')
  expect(screen.getByRole('dialog', { name: 'A lamp' })).toBeInTheDocument()
  expect(gallery.getByRole('img', { name: 'A lamp' })).toHaveAttribute('src', '/api/files/one')
  expect(gallery.getByRole('link', { name: 'Download' })).toHaveAttribute('download', 'one.jpg')
  await userEvent.click(gallery.getByRole('button', { name: 'Close' }))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(opener).toHaveFocus()
})

it('goes from one to the next by keys and by buttons, around the end', async () => {
  const { gallery } = await open(three, 'two.jpg')
  const shown = () => gallery.getByRole('img').getAttribute('alt')
  expect(gallery.getByText('2 of 3')).toBeInTheDocument()
  await userEvent.keyboard('{ArrowRight}')
  expect(shown()).toBe('three.jpg')
  await userEvent.keyboard('{ArrowRight}')
  expect(shown()).toBe('A lamp')
  await userEvent.keyboard('{ArrowLeft}')
  expect(shown()).toBe('three.jpg')
  await userEvent.click(gallery.getByRole('button', { name: 'Previous picture' }))
  expect(shown()).toBe('two.jpg')
  await userEvent.click(gallery.getByRole('button', { name: 'Next picture' }))
  expect(shown()).toBe('three.jpg')
})

it('shows a picture as large as it is and as large as fits, by keys too, and each new one as large as fits', async () => {
  const { gallery } = await open(three, 'two.jpg')
  const isLarge = () => gallery.queryByRole('button', { name: 'Fit to screen' }) !== null
  await userEvent.click(gallery.getByRole('button', { name: 'Full size' }))
  expect(isLarge()).toBe(true)
  // It scrolls: the arrows are for that.
  await userEvent.keyboard('{ArrowRight}')
  expect(gallery.getByRole('img')).toHaveAttribute('alt', 'two.jpg')
  await userEvent.keyboard('-')
  expect(isLarge()).toBe(false)
  await userEvent.keyboard('+')
  expect(isLarge()).toBe(true)
  await userEvent.click(gallery.getByRole('button', { name: 'Next picture' }))
  expect(isLarge()).toBe(false)
})

it('tries the picture again where somebody wants it, and once the connection is back', async () => {
  const { gallery, say } = await open([picture('one')], 'one.jpg')
  fireEvent.error(gallery.getByRole('img'))
  await userEvent.click(gallery.getByRole('button', { name: 'Try again' }))
  expect(gallery.queryByRole('alert')).toBeNull()
  fireEvent.error(gallery.getByRole('img'))
  act(() => say('hello', helloOf()))
  expect(gallery.getByRole('img', { name: 'one.jpg' })).toBeInTheDocument()
})

it('says so where a picture does not come, and closes when it is gone', async () => {
  const { gallery, update } = await open([picture('one')], 'one.jpg')
  expect(gallery.queryByRole('button', { name: 'Next picture' })).toBeNull()
  fireEvent.error(gallery.getByRole('img'))
  expect(gallery.getByRole('alert')).toHaveTextContent('one.jpg could not be loaded.')
  update([])
  expect(screen.queryByRole('dialog')).toBeNull()
})
