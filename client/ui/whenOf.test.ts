import { expect, it } from 'vitest'
import { momentOf, timeOf } from './time.ts'
import { whenOf } from './whenOf.ts'

const now = new Date(2026, 10, 26, 12).getTime()

it('says at which time it is today, and on which day else', () => {
  const [tonight, tomorrow] = [now + 3_600_000, now + 24 * 3_600_000]
  expect(whenOf(tonight, now)).toBe(`at ${timeOf(tonight)}`)
  expect(whenOf(tomorrow, now)).toBe(`on ${momentOf(tomorrow, now)}`)
})
