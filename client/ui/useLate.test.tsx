import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useLate } from './useLate.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const pass = (milliseconds: number) => act(() => void vi.advanceTimersByTime(milliseconds))
const wait = () => renderHook(({ waiting }) => useLate(waiting), { initialProps: { waiting: true } })

it('shows nothing of waiting that takes less than 400 ms', () => {
  const { result, rerender } = wait()
  pass(399)
  rerender({ waiting: false })
  pass(10_000)
  expect(result.current).toBe(false)
})

it('shows what takes longer, and then for 300 ms at least', () => {
  const { result, rerender } = wait()
  pass(400)
  expect(result.current).toBe(true)
  rerender({ waiting: false })
  pass(299)
  expect(result.current).toBe(true)
  pass(1)
  expect(result.current).toBe(false)
})
