import { act, createEvent, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { createRef, type FormEvent } from 'react'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { bob } from '../testing/room.ts'
import { fakeUploads, fileOf } from './testing/fakeUploads.ts'
import { Tray, type Carried } from './Tray.tsx'
import { uploads } from './items.ts'
import { abandon, add } from './uploads.ts'

/** Whether this browser can draw what is called a picture; jsdom draws nothing. */
function drawing(canDraw = true): void {
  vi.stubGlobal('createImageBitmap', async () => {
    if (!canDraw) throw new DOMException('', 'InvalidStateError')
    return { width: 4, height: 3, close() {} }
  })
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null)
}
beforeEach(() => drawing())

afterEach(() => {
  act(() => abandon(uploads.all()))
  vi.unstubAllGlobals()
})

/** Ann writes in the lobby. */
function open() {
  const fake = fakeConnection()
  act(() => fake.say('hello', helloOf()))
  const carried = createRef<Carried>()
  const server = fakeUploads()
  const onSubmit = vi.fn((event: FormEvent) => event.preventDefault())
  render(
    <SocketContext value={fake.connection}>
      <main>
        <form onSubmit={onSubmit}>
          <textarea aria-label="Message" />
          <button type="submit">Send</button>
          <Tray roomId="lobby" draft="lobby" ref={carried} onCount={() => {}} />
        </form>
      </main>
    </SocketContext>,
  )
  const add = (...files: File[]) => userEvent.upload(screen.getByLabelText('Add a file', { selector: 'input' }), files)
  return { ...fake, server, carried, add, onSubmit }
}

const items = () => screen.queryAllByRole('listitem')
const item = (n = 0) => within(items()[n] ?? document.body)

it('shows how far each file is, says it in words, and has no more to say once it is there', async () => {
  const { server, add, carried } = open()
  await add(fileOf('long.bin', 2))
  expect(screen.getByRole('list', { name: 'Files to send' })).toBeInTheDocument()
  expect(item().getByRole('progressbar', { name: 'long.bin' })).toHaveAttribute('value', '0')
  await server.takePiece()
  await waitFor(() => expect(item().getByText('Uploading 50 %')).toBeInTheDocument())
  expect(item().getByRole('progressbar')).toHaveAttribute('value', '50')
  await server.takePiece()
  await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull())
  expect(item().getByText('2.1 MB')).toBeInTheDocument()
  expect(carried.current?.files()).toMatchObject([{ name: 'long.bin', size: 2_097_152 }])
  // The next thing to do is to write.
  expect(screen.getByRole('textbox', { name: 'Message' })).toHaveFocus()
})

it('takes a file back in the middle, from here and from the server', async () => {
  const { server, add, carried } = open()
  await add(fileOf('long.bin', 2))
  await server.takePiece()
  await waitFor(() => expect(server.offsets()).toEqual({ 'long.bin': 1_048_576 }))
  await userEvent.click(item().getByRole('button', { name: 'Remove long.bin' }))
  expect(items()).toEqual([])
  expect(carried.current?.files()).toBeUndefined()
  await waitFor(() => expect(server.offsets()).toEqual({}))
  expect(screen.getByRole('textbox', { name: 'Message' })).toHaveFocus()
})

it('leaves nothing on the server of a file that is taken back while it is begun there', async () => {
  const { server, add } = open()
  const { promise, resolve } = Promise.withResolvers<void>()
  server.begins = promise
  await add(fileOf('long.bin', 2))
  await userEvent.click(item().getByRole('button', { name: 'Remove long.bin' }))
  resolve()
  await waitFor(() => expect(server.dropped).toEqual(['long.bin']))
  expect(server.pieces()).toBe(0)
})

it('says why a file is not taken, and tries again where that may help; the others go', async () => {
  const { server, add, carried } = open()
  server.refusal = { code: 'invalid', message: '40 MB; the limit here is 25.' }
  await add(fileOf('film.mp4', 1))
  expect(await item().findByRole('alert')).toHaveTextContent('40 MB; the limit here is 25.')
  expect(item().queryByRole('button', { name: 'Try again' })).toBeNull()
  server.refusal = { code: 'forbidden', message: 'There is no room for more files in this place.' }
  await add(fileOf('plan.pdf', 1))
  expect(await item(1).findByRole('alert')).toHaveTextContent('There is no room')
  expect(carried.current?.files()).toBeUndefined()
  server.refusal = null
  await userEvent.click(item(1).getByRole('button', { name: 'Try again' }))
  expect(screen.getByRole('textbox', { name: 'Message' })).toHaveFocus()
  await server.takePiece()
  await waitFor(() => expect(item(1).getByText('1 MB')).toBeInTheDocument())
  expect(carried.current?.files()).toMatchObject([{ name: 'plan.pdf' }])
})

it('goes on by itself from where it was when Natter can be reached again', async () => {
  const { server, add } = open()
  await add(fileOf('long.bin', 2))
  await server.takePiece()
  await waitFor(() => expect(server.offsets()).toEqual({ 'long.bin': 1_048_576 }))
  server.isThere = false
  await server.takePiece()
  server.isThere = true
  await act(async () => void dispatchEvent(new Event('online')))
  await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull())
  expect(server.offsets()).toEqual({ 'long.bin': 2_097_152 })
})

it('says that it waits while nobody answers', async () => {
  const { server, add } = open()
  server.isThere = false
  await add(fileOf('long.bin', 1))
  expect(await item().findByText('Goes on when Natter can be reached')).toBeInTheDocument()
  server.isThere = true
  await act(async () => void dispatchEvent(new Event('online')))
  await server.takePiece()
  await waitFor(() => expect(item().getByText('1 MB')).toBeInTheDocument())
})

it('says what the server says while it cannot store files, and goes on by itself', async () => {
  const { server, add } = open()
  const message = 'The disk is nearly full. New files are refused; messages still work.'
  server.refusal = { code: 'storage_unavailable', message }
  await add(fileOf('long.bin', 1))
  expect(await item().findByText(message)).toBeInTheDocument()
  server.refusal = null
  await act(async () => void dispatchEvent(new Event('online')))
  await server.takePiece()
  await waitFor(() => expect(item().getByText('1 MB')).toBeInTheDocument())
  expect(item().queryByText(message)).toBeNull()
})

it('takes ten files with one message, and says so of more', async () => {
  const { add } = open()
  await add(...Array.from({ length: 12 }, (_, i) => fileOf(`${i}.txt`, 0)))
  expect(items()).toHaveLength(10)
  expect(screen.getByText('A message has at most 10 files.')).toHaveAttribute('role', 'alert')
})

it('leaves the page as it is where a file is let go beside the conversation', () => {
  open()
  const over = (type: 'dragOver' | 'drop', types: string[]) => {
    const event = createEvent[type](document.body, { dataTransfer: { types } })
    fireEvent(document.body, event)
    return event.defaultPrevented
  }
  for (const type of ['dragOver', 'drop'] as const) {
    expect(over(type, ['Files'])).toBe(true)
    expect(over(type, ['text/plain'])).toBe(false)
  }
  expect(items()).toEqual([])
})

it('ends a description by Enter, and sends nothing by it', async () => {
  const { add, onSubmit } = open()
  await add(fileOf('lamp.png', 1, 'image/png'))
  await userEvent.type(item().getByRole('textbox', { name: /^Describe it/ }), 'A lamp{Enter}')
  expect(onSubmit).not.toHaveBeenCalled()
  expect(screen.getByRole('textbox', { name: 'Message' })).toHaveFocus()
  expect(uploads.all()).toMatchObject([{ alt: 'A lamp' }])
})

it('takes a picture that this browser cannot draw for a paper', async () => {
  drawing(false)
  const { add } = open()
  await add(fileOf('scan.tiff', 1, 'image/tiff'))
  await waitFor(() => expect(item().queryByRole('textbox')).toBeNull())
  expect(items()[0]?.querySelector('canvas')).toBeNull()
  expect(items()[0]?.querySelector('svg.icon')).toBeInTheDocument()
})

it('takes what is pasted, and leaves a text alone that comes with a picture of itself', () => {
  open()
  const area = screen.getByRole('textbox', { name: 'Message' })
  const paste = (text: string) => {
    const clipboardData = { files: [fileOf('pasted.png', 0, 'image/png')], getData: () => text }
    const event = createEvent.paste(area, { clipboardData })
    fireEvent(area, event)
    return event.defaultPrevented
  }
  expect(paste('A table')).toBe(false)
  expect(items()).toEqual([])
  expect(paste('')).toBe(true)
  expect(items()).toHaveLength(1)
  const described = screen.getByRole('textbox', { name: 'Describe it, for people who can’t see it: pasted.png' })
  expect(described).toBeVisible()
  // As much as there is room for under a small picture.
  expect(described).toHaveAttribute('placeholder', 'Description')
})

it('is the tray of the one who chose the files, in a page that goes on as somebody else', async () => {
  const { server, add, carried, say } = open()
  await add(fileOf('long.bin', 3))
  await server.takePiece()
  await waitFor(() => expect(item().getByText('Uploading 33 %')).toBeInTheDocument())
  act(() => say('hello', { ...helloOf(), me: bob }))
  expect(items()).toEqual([])
  expect(carried.current?.files()).toBeUndefined()
  // What had left is not called back; more of it does not go under another name.
  await server.takePiece()
  await waitFor(() => expect(uploads.all()).toMatchObject([{ state: 'waits' }]))
  expect(server.offsets()).toEqual({ 'long.bin': 2_097_152 })
  act(() => say('hello', helloOf()))
  expect(items()).toHaveLength(1)
  await act(async () => void dispatchEvent(new Event('online')))
  await server.takePiece()
  await waitFor(() => expect(item().getByText('3.1 MB')).toBeInTheDocument())
})

it('sends two at a time, of what is tried again too', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const { server } = open()
  server.isThere = false
  act(() => add('ann', 'lobby', 'lobby', [fileOf('a.bin', 1), fileOf('b.bin', 1), fileOf('c.bin', 1)]))
  await vi.waitFor(() => expect(uploads.all().every(({ state }) => state === 'waits')).toBe(true))
  server.isThere = true
  await act(async () => void (await vi.advanceTimersByTimeAsync(10_000)))
  expect(server.pieces()).toBe(2)
})
