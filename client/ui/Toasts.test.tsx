import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Toasts } from './Toasts.tsx'
import { dismiss, offer } from './toasts.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  act(dismiss)
  vi.useRealTimers()
})

const after = (milliseconds: number) => act(() => void vi.advanceTimersByTime(milliseconds))
const toast = () => screen.queryByText('Gone.')

function open(onAct = () => {}) {
  render(<Toasts />)
  act(() => offer({ text: 'Gone.', act: 'Undo', onAct }))
}

it('offers to take back what was done for eight seconds, and is a status that was there before', () => {
  render(<Toasts />)
  const status = screen.getByRole('status')
  act(() => offer({ text: 'Gone.', act: 'Undo', onAct: () => {} }))
  expect(status).toHaveTextContent('Gone.')
  after(7_900)
  expect(toast()).toBeInTheDocument()
  after(200)
  expect(toast()).toBeNull()
})

it('waits while somebody points at it or has the focus on it', () => {
  open()
  after(5_000)
  const group = screen.getByRole('group')
  fireEvent.pointerEnter(group)
  after(60_000)
  fireEvent.pointerLeave(group)
  act(() => screen.getByRole('button', { name: 'Undo' }).focus())
  after(60_000)
  act(() => screen.getByRole('button', { name: 'Undo' }).blur())
  after(2_900)
  expect(toast()).toBeInTheDocument()
  after(200)
  expect(toast()).toBeNull()
})

it('shows the newest alone, for eight seconds of its own', () => {
  open()
  after(7_000)
  act(() => offer({ text: 'Another.', act: 'Undo', onAct: () => {} }))
  expect(toast()).toBeNull()
  after(7_000)
  expect(screen.getByText('Another.')).toBeInTheDocument()
})

it('can be closed, by its button and by Esc, and is not taken back then', () => {
  const onAct = vi.fn()
  open(onAct)
  fireEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(toast()).toBeNull()
  act(() => offer({ text: 'Gone.', act: 'Undo', onAct }))
  fireEvent.keyDown(screen.getByRole('button', { name: 'Undo' }), { key: 'Escape' })
  expect(toast()).toBeNull()
  expect(onAct).not.toHaveBeenCalled()
})

it('has one button to close it where there is nothing else to do', () => {
  render(<Toasts />)
  act(() => offer({ text: 'That was too much.', act: 'Close', onAct: () => {} }))
  expect(screen.getByRole('button', { name: 'Close' })).toBeInTheDocument()
})

it('takes it back once, and gives the focus back to where it was', () => {
  const onAct = vi.fn()
  render(<input aria-label="before" />)
  open(onAct)
  screen.getByLabelText('before').focus()
  act(() => screen.getByRole('button', { name: 'Undo' }).focus())
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
  expect(onAct).toHaveBeenCalledOnce()
  expect(toast()).toBeNull()
  expect(screen.getByLabelText('before')).toHaveFocus()
})
