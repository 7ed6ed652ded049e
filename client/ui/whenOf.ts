import { dayKey, momentOf, timeOf } from './time.ts'

/** As it stands in a sentence: "at 9:02" today, "on 30 Nov, 9:02" on another day. */
export const whenOf = (at: number, now: number): string =>
  dayKey(at) === dayKey(now) ? `at ${timeOf(at)}` : `on ${momentOf(at, now)}`
