import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { MessageRow } from '../messages/rows.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann } from '../testing/room.ts'
import { Files } from './Files.tsx'
import type { ShownFile } from './files.ts'
import { fakeUploads, fileOf } from './testing/fakeUploads.ts'
import { uploads, waitingIn } from './items.ts'
import { abandon, add } from './uploads.ts'

afterEach(() => {
  act(() => abandon(uploads.all()))
  vi.unstubAllGlobals()
})

const { connection, say } = fakeConnection()

function show(...files: ShownFile[]) {
  const onEdit = vi.fn()
  const said = { roomId: 'lobby', box: 'lobby 3', replyTo: 7, files }
  const row = { type: 'message', key: 'a', author: ann, said } as unknown as MessageRow
  render(
    <SocketContext value={connection}>
      <ul>
        <li className="message">
          <button type="button">Ann</button>
          <Files row={row} onEdit={onEdit} />
        </li>
      </ul>
    </SocketContext>,
  )
  return { row, onEdit }
}

const stored = (name: string, type: string, size = 212_000) => ({ id: name, name, type, size })

it('offers a paper under its own name, with its kind and size', () => {
  show(stored('Rota.pdf', 'application/pdf'))
  const link = screen.getByRole('link', { name: /^Rota\.pdf ?PDF, 212 KB$/ })
  expect(link).toHaveAttribute('href', '/api/files/Rota.pdf')
  expect(link).toHaveAttribute('download', 'Rota.pdf')
})

it('says how large a picture is before it is there, and gives a glimpse of it', () => {
  show({ ...stored('a.jpg', 'image/jpeg'), width: 4000, height: 3000, blur: 'UklG' })
  const drawn = screen.getByRole('button', { name: 'Open picture: a.jpg' }).querySelector('img')
  expect(drawn).toHaveAttribute('width', '4000')
  expect(drawn).toHaveAttribute('height', '3000')
  expect(drawn).toHaveStyle({ backgroundImage: 'url("data:image/webp;base64,UklG")' })
})

const drawnIn = (button: HTMLElement) => button.querySelector('img')

it('tries a picture and a sound again once the connection is back', () => {
  act(() => say('hello', helloOf()))
  act(() => say('disconnect', 'transport close'))
  show({ ...stored('a.jpg', 'image/jpeg'), width: 4, height: 3 }, stored('song.mp3', 'audio/mpeg'))
  const picture = screen.getByRole('button', { name: 'Open picture: a.jpg' })
  fireEvent.error(drawnIn(picture) as Element)
  fireEvent.error(screen.getByLabelText('song.mp3'))
  expect(picture).toHaveTextContent('a.jpg could not be loaded.')
  act(() => say('hello', helloOf()))
  expect(drawnIn(picture)).toHaveAttribute('src', '/api/files/a.jpg/small')
  expect(picture).not.toHaveTextContent('could not be loaded')
  expect(screen.getByLabelText('song.mp3')).toHaveAttribute('src', '/api/files/song.mp3')
})

it('tries a picture again where somebody taps it, and opens nothing', async () => {
  show({ ...stored('a.jpg', 'image/jpeg'), width: 4, height: 3, alt: 'A lamp' })
  fireEvent.error(drawnIn(screen.getByRole('button', { name: 'Open picture: A lamp' })) as Element)
  await userEvent.click(screen.getByRole('button', { name: 'a.jpg could not be loaded. Try again' }))
  expect(drawnIn(screen.getByRole('button', { name: 'Open picture: A lamp' }))).toBeInTheDocument()
  expect(screen.queryByRole('dialog')).toBeNull()
})

it('is not on the way of who goes past its message with Tab, and is gone through in order from within', async () => {
  show(stored('Rota.pdf', 'application/pdf'), { ...stored('a.jpg', 'image/jpeg'), width: 4, height: 3 })
  const all = [screen.getByRole('button', { name: 'Open picture: a.jpg' }), screen.getByRole('link', { name: /^Rota/ })]
  for (const one of all) expect(one).toHaveAttribute('tabindex', '-1')
  await userEvent.click(screen.getByRole('button', { name: 'Ann' }))
  for (const one of all) {
    await userEvent.tab()
    expect(one).toHaveFocus()
  }
  await userEvent.tab()
  for (const one of all) expect(one).toHaveAttribute('tabindex', '-1')
})

it('plays what can be played, and only offers it where it cannot', () => {
  show(stored('song.mp3', 'audio/mpeg'), stored('film.webm', 'video/webm'))
  expect(screen.getByLabelText('song.mp3')).toHaveAttribute('src', '/api/files/song.mp3')
  const film = screen.getByLabelText('film.webm')
  act(() => void film.dispatchEvent(new Event('error')))
  expect(screen.queryByLabelText('film.webm')).toBeNull()
  expect(screen.getByRole('link', { name: /film\.webm/ })).toBeInTheDocument()
})

it('shows the beginning of a text as text, where somebody wants to read it', async () => {
  const asked = vi.fn(async () => new Response('<b>not bold</b>\nüb', { status: 206 }))
  vi.stubGlobal('fetch', asked)
  show(stored('notes.txt', 'text/plain', 70_000))
  await userEvent.click(screen.getByRole('button', { name: 'Show notes.txt' }))
  const text = await screen.findByRole('region', { name: 'notes.txt' })
  expect(text).toHaveTextContent('<b>not bold</b> üb')
  expect(asked).toHaveBeenCalledWith('/api/files/notes.txt', { headers: { Range: 'bytes=0-65535' } })
  expect(screen.getByText('This is its beginning. Download it to read on.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Hide notes.txt', expanded: true }))
  expect(screen.queryByRole('region')).toBeNull()
})

it('shows no more marks on one letter of a text than any writing has', async () => {
  vi.stubGlobal('fetch', async () => new Response(`a${'\u0301'.repeat(10_000)}b`))
  show(stored('notes.txt', 'text/plain'))
  await userEvent.click(screen.getByRole('button', { name: 'Show notes.txt' }))
  expect((await screen.findByRole('region', { name: 'notes.txt' })).textContent).toBe(`a${'\u0301'.repeat(30)}b`)
})

it('says so where a text does not come', async () => {
  vi.stubGlobal('fetch', async () => new Response('', { status: 404 }))
  show(stored('notes.txt', 'text/plain'))
  await userEvent.click(screen.getByRole('button', { name: 'Show notes.txt' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('notes.txt could not be loaded.')
})

it('says how far the files of a waiting message are, and takes it back whole, as an answer in its thread, only while they are on their way', async () => {
  const server = fakeUploads()
  act(() => add('ann', 'lobby', 'lobby', [fileOf('long.bin', 2)]))
  const { row, onEdit } = show(...uploads.all())
  expect(screen.getByText('Uploading 0 %')).toBeInTheDocument()
  await server.takePiece()
  await waitFor(() => expect(screen.getByText('Uploading 50 %')).toBeInTheDocument())
  await userEvent.click(screen.getByRole('button', { name: 'Don’t send it yet' }))
  expect(onEdit).toHaveBeenCalledWith(row)
  expect(connection.store.getState().drafts['lobby 3 to']).toBe('7')
  await waitFor(() => expect(waitingIn('ann', 'lobby 3')).toHaveLength(1))
  await server.takePiece()
  await waitFor(() => expect(screen.queryByText(/^Uploading/)).toBeNull())
  expect(screen.queryByRole('button', { name: 'Don’t send it yet' })).toBeNull()
})

it('says of a waiting message what the server says while it cannot store files', async () => {
  const server = fakeUploads()
  const message = 'Files cannot be reached just now. Messages still work.'
  server.refusal = { code: 'storage_unavailable', message }
  act(() => add('ann', 'lobby', 'lobby', [fileOf('long.bin', 2)]))
  show(...uploads.all())
  expect(await screen.findByText(message)).toBeInTheDocument()
  expect(screen.queryByText(/^Uploading/)).toBeNull()
  expect(screen.getByRole('button', { name: 'Don’t send it yet' })).toBeInTheDocument()
})

it('shows the pictures of a waiting message first and side by side, as they stand once it is sent', () => {
  vi.stubGlobal('createImageBitmap', async () => new Promise(() => {}))
  fakeUploads()
  const files = [fileOf('rota.pdf', 1), fileOf('a.png', 1, 'image/png'), fileOf('b.png', 1, 'image/png')]
  act(() => add('ann', 'lobby', 'lobby', files))
  show(...uploads.all())
  const names = screen.getAllByText(/\.(?:png|pdf)$/)
  expect(names.map((name) => name.textContent)).toEqual(['a.png', 'b.png', 'rota.pdf'])
  const [a, b, rota] = names.map((name) => name.closest('[data-many]'))
  expect(a).not.toBeNull()
  expect(b).toBe(a)
  expect(rota).toBeNull()
})
