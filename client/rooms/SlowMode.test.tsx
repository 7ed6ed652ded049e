import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { message, packet } from '../testing/room.ts'
import { SlowMode } from './SlowMode.tsx'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('counts from one’s own newest message down to nothing, by the server’s clock', async () => {
  const fake = fakeConnection()
  // This device is an hour behind.
  const now = () => Date.now() + 3_600_000
  act(() => fake.say('hello', { ...helloOf(), now: now() }))
  const onWait = vi.fn()
  render(
    <SocketContext value={fake.connection}>
      <SlowMode roomId="lobby" seconds={300} onWait={onWait} />
    </SocketContext>,
  )
  expect(onWait).toHaveBeenLastCalledWith(0)
  const hear = (seq: number, authorId: string) =>
    act(() => {
      fake.say('events', packet([message(seq, { authorId, sentAt: now() })]))
      vi.advanceTimersToNextFrame()
    })
  hear(1, 'bob')
  expect(onWait).toHaveBeenLastCalledWith(0)
  hear(2, 'ann')
  expect(screen.getByText('You can write again in 5 minutes.')).toBeInTheDocument()
  await act(() => vi.advanceTimersByTimeAsync(290_000))
  expect(onWait).toHaveBeenLastCalledWith(10)
  expect(screen.getByText('You can write again in 10 seconds.')).toBeInTheDocument()
  await act(() => vi.advanceTimersByTimeAsync(9_000))
  expect(screen.getByText('You can write again in 1 second.')).toBeInTheDocument()
  await act(() => vi.advanceTimersByTimeAsync(1_000))
  expect(onWait).toHaveBeenLastCalledWith(0)
  expect(screen.queryByText(/^You can write/)).toBeNull()
})
