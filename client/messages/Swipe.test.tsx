import { act, createEvent, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob, message } from '../testing/room.ts'
import { Conversation } from './Conversation.tsx'
import { drawn, isEnough } from './swipe.ts'
import '../rooms/dialogs.ts'

vi.mock('../ui/adopt.ts', () => ({ adopt() {} }))
vi.mock('../markdown/styles.ts', () => ({}))
beforeEach(() => {
  HTMLDialogElement.prototype.showModal = vi.fn()
})

/** Ann looks at two messages in the lobby, the second of them with a table. */
async function open({ archived = false } = {}) {
  const messages = [message(1), message(2, { body: '|a|b|\n|-|-|\n|c|d|' })]
  const fake = fakeConnection({
    'message:list': () => ({
      ok: true,
      data: { roomId: 'lobby', head: { seq: 2, rev: 3 }, messages, people: [ann, bob] },
    }),
  })
  const hello = helloOf(2)
  act(() =>
    fake.say('hello', { ...hello, rooms: hello.rooms.map((one) => ({ ...one, room: { ...one.room, archived } })) }),
  )
  render(
    <SocketContext value={fake.connection}>
      <Conversation roomId="lobby" />
    </SocketContext>,
  )
  await screen.findByRole('table')
  const one = screen.getByText('message 1')
  // What hears fingers comes after the conversation.
  await waitFor(() => {
    fireEvent.focusIn(one.closest('li') ?? one)
    expect(screen.getByRole('button', { name: 'More' })).toBeInTheDocument()
  })
  const target = () => fake.connection.store.getState().drafts['lobby to'] ?? null
  return { one, target, arrow: () => document.querySelector('.swiped') }
}

type Where = readonly [x: number, y: number]
const touch = { pointerType: 'touch', pointerId: 1, isPrimary: true }

function at(part: Element, what: 'pointerDown' | 'pointerMove' | 'pointerUp', [clientX, clientY]: Where, ms = 0): void {
  const event = createEvent[what](part, { ...touch, clientX, clientY })
  Object.defineProperty(event, 'timeStamp', { value: ms })
  fireEvent(part, event)
}

function draw(part: Element, [from, ...way]: readonly Where[]): void {
  if (from) at(part, 'pointerDown', from)
  for (const where of way) at(part, 'pointerMove', where)
}

const across: Where[] = [
  [100, 300],
  [130, 302],
  [200, 304],
]

it('replies to a message that a finger draws to the right, and shows on the way when it is far enough', async () => {
  const { one, arrow, target } = await open()
  draw(one, across.slice(0, 2))
  expect(arrow()).not.toHaveAttribute('data-enough')
  at(one, 'pointerMove', [200, 304])
  expect(arrow()).toHaveAttribute('data-enough')
  expect(target()).toBeNull()
  at(one, 'pointerUp', [200, 304])
  expect(target()).toBe('1')
  expect(screen.getByRole('textbox', { name: 'Message Lobby' })).toHaveFocus()
  expect(arrow()).toBeNull()
  expect(one.closest('li')).not.toHaveAttribute('style', expect.stringContaining('--drawn'))
})

it('does nothing where the finger goes back, or less far, or the list scrolls, or the browser takes it, or a second one comes', async () => {
  const { one, arrow, target } = await open()
  const ends: (() => void)[] = [
    () => at(one, 'pointerMove', [120, 304]),
    () => fireEvent.scroll(screen.getByRole('region', { name: 'Messages in Lobby' })),
    () => fireEvent.pointerCancel(one, touch),
    () => fireEvent.pointerDown(one, { ...touch, pointerId: 2, isPrimary: false, clientX: 200, clientY: 400 }),
  ]
  for (const end of ends) {
    draw(one, across)
    expect(arrow()).not.toBeNull()
    end()
    at(one, 'pointerUp', [120, 304])
    expect(arrow()).toBeNull()
    expect(target()).toBeNull()
  }
})

it('leaves alone what begins at the edge of the window, scrolls, goes the other way, waits for the menu, or is a mouse', async () => {
  const { one, arrow } = await open()
  const ways: Where[][] = [
    [
      [10, 300],
      [120, 300],
    ],
    [
      [innerWidth - 10, 300],
      [innerWidth + 90, 300],
    ],
    [
      [100, 300],
      [110, 330],
      [220, 330],
    ],
    [
      [200, 300],
      [100, 300],
      [300, 300],
    ],
  ]
  for (const way of ways) {
    draw(one, way)
    expect(arrow(), JSON.stringify(way)).toBeNull()
    at(one, 'pointerUp', [0, 0])
  }
  at(one, 'pointerDown', [100, 300])
  at(one, 'pointerMove', [200, 300], 900)
  expect(arrow()).toBeNull()
  at(one, 'pointerUp', [200, 300], 900)
  fireEvent.pointerDown(one, { ...touch, pointerType: 'mouse', clientX: 100, clientY: 300 })
  fireEvent.pointerMove(one, { ...touch, pointerType: 'mouse', clientX: 200, clientY: 300 })
  expect(arrow()).toBeNull()
})

it('leaves a table to be scrolled', async () => {
  const { arrow } = await open()
  draw(screen.getByRole('table'), across)
  expect(arrow()).toBeNull()
})

it('does not draw what cannot be replied to', async () => {
  const { one, arrow } = await open({ archived: true })
  draw(one, across)
  expect(arrow()).toBeNull()
})

it('goes on with a swipe that has begun, wherever the finger goes', () => {
  const from = { x: 100, y: 100, at: 0 }
  expect(drawn(from, { x: 180, y: 300, at: 2_000 }, true)).toBe(68)
  expect(drawn(from, { x: 50, y: 100, at: 10 }, true)).toBe(0)
  expect(isEnough(51)).toBe(false)
  expect(isEnough(52)).toBe(true)
})
