import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, onTestFinished, vi } from 'vitest'
import { useInside } from '../reactions/useInside.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob, message, packet } from '../testing/room.ts'
import { Conversation } from './Conversation.tsx'
import { copyText } from './copy.ts'
import { mayFold } from './fold.ts'
import '../rooms/dialogs.ts'

vi.mock('../ui/adopt.ts', () => ({ adopt() {} }))
vi.mock('../reactions/useInside.ts', { spy: true })

const long = Array.from({ length: 40 }, (_, i) => `line ${i}`).join('\n')

/** Ann looks at the lobby; jsdom, which draws nothing, says that every folded text is this high. */
async function open({ body = long, height = 960, at }: { body?: string; height?: number; at?: number } = {}) {
  const measured = vi.spyOn(Element.prototype, 'scrollHeight', 'get').mockReturnValue(height)
  const shown = vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(480)
  Element.prototype.scrollIntoView = vi.fn()
  onTestFinished(() => {
    measured.mockRestore()
    shown.mockRestore()
  })
  const messages = [message(1, { body }), message(2)]
  const fake = fakeConnection({
    'message:list': () => ({
      ok: true,
      data: { roomId: 'lobby', head: { seq: 2, rev: 3 }, messages, people: [ann, bob] },
    }),
  })
  act(() => fake.say('hello', helloOf(2)))
  render(
    <SocketContext value={fake.connection}>
      <Conversation roomId="lobby" at={at} />
    </SocketContext>,
  )
  const item = (await screen.findByText(/line 0|short/)).closest('li')
  if (!item) throw new Error('Messages are items of a list.')
  return { ...fake, item, text: item.querySelector('.text') ?? item }
}

const button = (name: string) => screen.findByRole('button', { name })

it('folds a long message before anything measures it, and shows all of it by mouse and by key', async () => {
  const { item, text } = await open()
  expect(text).toHaveAttribute('data-folded')
  await userEvent.click(await button('Show all'))
  expect(text).not.toHaveAttribute('data-folded')
  expect(await button('Show less')).toHaveAttribute('aria-expanded', 'true')
  act(() => item.focus())
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(item).toContainElement(document.activeElement as HTMLElement))
  act(() => screen.getByRole('button', { name: 'Show less' }).focus())
  await userEvent.keyboard('{Enter}')
  expect(text).toHaveAttribute('data-folded')
  expect(await button('Show all')).toHaveAttribute('aria-expanded', 'false')
})

it('offers nothing where all of it is shown', async () => {
  const { text } = await open({ height: 480 })
  await screen.findByText('Show all')
  expect(screen.queryByRole('button', { name: 'Show all' })).toBeNull()
  expect(text).toHaveAttribute('data-folded')
})

it('leads by Enter to what can be seen', async () => {
  const { say } = await open({ height: 480 })
  const reactions = [{ emoji: '🎂', by: ['ann'] }]
  act(() => say('events', packet([message(3, { body: long, reactions })])))
  const item = (await screen.findByText(/^line 0/, { selector: '[data-seq="3"] *' })).closest('li')
  await within(item ?? document.body).findByText('Show all')
  act(() => item?.focus())
  await userEvent.keyboard('{Enter}')
  expect(item).toContainElement(document.activeElement as HTMLElement)
  expect(item).not.toHaveFocus()
  expect(document.activeElement).toBeVisible()
})

it.each([
  { height: 960, times: 2 },
  { height: 480, times: 1 },
])('is drawn again only where something is cut off, however often that is measured: $times', async (of) => {
  const before = ResizeObserver
  const measured: (() => void)[] = []
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(look: () => void) {
        measured.push(look)
      }
      observe() {}
      disconnect() {}
    },
  )
  onTestFinished(() => void vi.stubGlobal('ResizeObserver', before))
  vi.mocked(useInside).mockClear()
  await open({ height: of.height })
  await screen.findByText('Show all')
  for (const look of measured) act(look)
  expect(useInside).toHaveBeenCalledTimes(of.times)
})

it('folds neither what is short nor what this tab has just sent', async () => {
  const { text, connection, say } = await open({ body: 'short' })
  expect(text).not.toHaveAttribute('data-folded')
  act(() => void connection.send('lobby', long))
  const mine = (await screen.findByText(/line 39/)).closest('.text')
  expect(mine).not.toHaveAttribute('data-folded')
  const { key = '' } = connection.store.getState().outbox[0] ?? {}
  act(() => say('events', packet([{ ...message(3, { authorId: 'ann', body: long, sentAt: Date.now() }), key }])))
  await waitFor(() => expect(mine?.closest('li')).toHaveAttribute('data-seq', '3'))
  expect(screen.getByText(/line 39/).closest('.text')).not.toHaveAttribute('data-folded')
})

it('opens for whoever goes to it, and for whoever looks further down in it', async () => {
  const { text } = await open({ at: 1 })
  await waitFor(() => expect(text).not.toHaveAttribute('data-folded'))
  await userEvent.click(await button('Show less'))
  text.scrollTop = 40
  fireEvent.scroll(text)
  expect(text).not.toHaveAttribute('data-folded')
})

it('is copied whole', async () => {
  const { text } = await open()
  await button('Show all')
  const written = vi.fn<(copied: string) => Promise<void>>(async () => {})
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: written } })
  copyText(text)
  vi.unstubAllGlobals()
  expect(written).toHaveBeenCalledWith(long)
})

it('takes for long what may be more than twenty lines, however it is written, and reads no more than it needs', () => {
  expect(mayFold('a line that ends soon\n'.repeat(10))).toBe(false)
  expect(mayFold('\n'.repeat(19))).toBe(true)
  expect(mayFold('word '.repeat(80))).toBe(true)
  expect(mayFold('x'.repeat(399))).toBe(false)
})
