import { expect, it } from 'vitest'
import { HOUR, MINUTE } from '../ui/spans.ts'
import { untilMidnight, untilMorning } from './lasting.ts'

const at = (hours: number, minutes: number, seconds = 0) => new Date(2026, 5, 10, hours, minutes, seconds).getTime()

it('lasts until midnight here, and never shorter than anything may', () => {
  expect(untilMidnight(at(22, 30))).toBe(90 * MINUTE)
  expect(untilMidnight(at(23, 59, 59))).toBe(1_000)
})

it('lasts until eight in the morning of the next day', () => {
  expect(untilMorning(at(22, 0))).toBe(10 * HOUR)
  expect(untilMorning(at(0, 30))).toBe(31.5 * HOUR)
})
