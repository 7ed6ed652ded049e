import { expect, it } from 'vitest'
import { fieldOf, suggestions, timeIn } from './times.ts'

const namesAt = (text: string) => suggestions(new Date(text)).map(({ name, at }) => [name, fieldOf(at)])

it('offers what people mean, the next first, and nothing twice', () => {
  // A Wednesday.
  expect(namesAt('2026-11-25T10:20:30')).toEqual([
    ['In an hour', '2026-11-25T11:20'],
    ['This evening', '2026-11-25T18:00'],
    ['Tomorrow morning', '2026-11-26T09:00'],
    ['On Monday morning', '2026-11-30T09:00'],
  ])
})

it('offers no evening that is over, and tomorrow instead of Monday on a Sunday', () => {
  expect(namesAt('2026-11-29T17:30:00').map(([name]) => name)).toEqual(['In an hour', 'Tomorrow morning'])
  expect(namesAt('2026-11-30T23:30:00').at(-1)).toEqual(['On Monday morning', '2026-12-07T09:00'])
})

it('reads what a field for a time has, and nothing that is none', () => {
  const at = new Date('2026-03-29T09:05:00').getTime()
  expect(timeIn(fieldOf(at))).toBe(at)
  expect(timeIn('')).toBeNull()
})
