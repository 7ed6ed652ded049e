const day = new Intl.DateTimeFormat(undefined, { weekday: 'long' })
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' })
const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' })

const shortDay = new Intl.DateTimeFormat(undefined, { weekday: 'short' })
const shortDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })

const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0)
// Rounded, because a day on which the clocks change has 23 or 25 hours.
const daysAgo = (at: number, now: number) => Math.round((midnight(now) - midnight(at)) / 86_400_000)

/** 9:02, in the reader's locale. */
export const timeOf = (at: number): string => clock.format(at)
export const exactTimeOf = (at: number): string => exact.format(at)

/** In a list: the time today, the weekday within a week, then the date. */
export function shortTimeOf(at: number, now = Date.now()): string {
  const days = daysAgo(at, now)
  if (days === 0) return timeOf(at)
  return days > 0 && days < 7 ? shortDay.format(at) : shortDate.format(at)
}

/** 30 November 2026, in the reader's locale. */
export const dateOf = (at: number): string => date.format(at)

/** 30 Nov, 9:02, in the reader's locale; the time alone today. */
export const momentOf = (at: number, now = Date.now()): string =>
  daysAgo(at, now) === 0 ? timeOf(at) : `${shortDate.format(at)}, ${timeOf(at)}`

/** Names a day for as long as it is that day. */
export const dayKey = (at: number): string => String(midnight(at))

/** Today, yesterday, the weekday within a week, then the date. */
export function dayOf(at: number, now = Date.now()): string {
  const days = daysAgo(at, now)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  return days > 0 && days < 7 ? day.format(at) : date.format(at)
}
