import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { emptyCommit } from '../contract/setting.ts'
import type { Commit } from '../store.ts'
import { createSequence } from './sequence.ts'

const commitOf = (rooms: Record<string, [after: number, rev: number]>): Commit => ({
  ...emptyCommit,
  rooms: Object.entries(rooms).map(([roomId, [after, rev]]) => ({ roomId, after, rev, changes: [], people: [] })),
})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Says what was told so far. */
function sequence() {
  const told: string[] = []
  const { put, end } = createSequence()
  return {
    told,
    end,
    put: (name: string, rooms: Record<string, [number, number]>) => put(commitOf(rooms), () => told.push(name)),
  }
}

it('tells in each room in order, and in no room what came too early', () => {
  const { told, put } = sequence()
  put('a1', { a: [0, 1] })
  put('a3', { a: [2, 3] })
  put('a4', { a: [3, 4] })
  put('b9', { b: [8, 9] })
  expect(told).toEqual(['a1', 'b9'])
  put('a2', { a: [1, 2] })
  expect(told).toEqual(['a1', 'b9', 'a2', 'a3', 'a4'])
})

it('waits for all rooms of a commit', () => {
  const { told, put } = sequence()
  put('a1', { a: [0, 1] })
  put('b1', { b: [0, 1] })
  put('both', { a: [1, 2], b: [2, 3] })
  put('a3', { a: [2, 3] })
  expect(told).toEqual(['a1', 'b1'])
  put('b2', { b: [1, 2] })
  expect(told).toEqual(['a1', 'b1', 'b2', 'both', 'a3'])
})

it('waits no longer than its patience for what does not come, and tells that when it comes', () => {
  const { told, put } = sequence()
  put('a1', { a: [0, 1] })
  put('a3', { a: [2, 3] })
  vi.advanceTimersByTime(99)
  expect(told).toEqual(['a1'])
  vi.advanceTimersByTime(1)
  put('a2', { a: [1, 2] })
  expect(told).toEqual(['a1', 'a3', 'a2'])
})

it('keeps nothing back at its end', () => {
  const { told, put, end } = sequence()
  put('a1', { a: [0, 1] })
  put('a3', { a: [2, 3] })
  end()
  expect(told).toEqual(['a1', 'a3'])
  vi.runAllTimers()
  expect(told).toEqual(['a1', 'a3'])
})
