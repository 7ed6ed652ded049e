import { expect, it } from 'vitest'
import type { Shelf } from '../socket/shelf.ts'
import { mayAsk, noteAsked } from './asking.ts'

const DAY = 24 * 60 * 60_000

it('asks twice at most, and thirty days apart', () => {
  const kept = new Map<string, string>()
  const shelf = {
    get: (key: string) => kept.get(key) ?? null,
    put: (key: string, value: string) => void kept.set(key, value),
  } as Shelf
  const answers = [0, 1, 29, 30, 31, 90].map((day) => {
    const asked = mayAsk(shelf, day * DAY)
    if (asked) noteAsked(shelf, day * DAY)
    return asked
  })
  expect(answers).toEqual([true, false, false, true, false, false])
})
