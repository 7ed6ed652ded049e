import { act, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { later } from './later.tsx'

afterEach(() => void vi.useRealTimers())

const Part = ({ name }: { name: string }) => <p>Hello {name}</p>

it('comes when it is first shown, and from then on at once', async () => {
  const load = vi.fn(async () => Part)
  const Later = later(load)
  expect(load).not.toHaveBeenCalled()
  const first = render(<Later name="Ann" />)
  expect(await screen.findByText('Hello Ann')).toBeVisible()
  first.unmount()
  render(<Later name="Bob" />)
  expect(screen.getByText('Hello Bob')).toBeVisible()
  expect(load).toHaveBeenCalledTimes(1)
})

it('comes as soon as there is a network again', async () => {
  vi.useFakeTimers()
  let failures = 2
  const Later = later(async () => {
    if (failures-- > 0) throw new TypeError('Failed to fetch dynamically imported module')
    return Part
  })
  render(<Later name="Ann" />)
  await act(() => vi.advanceTimersByTimeAsync(1_500))
  expect(screen.queryByText('Hello Ann')).toBeNull()
  await act(() => vi.advanceTimersByTimeAsync(1_000))
  expect(screen.getByText('Hello Ann')).toBeVisible()
})
