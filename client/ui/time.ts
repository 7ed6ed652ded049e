const day = new Intl.DateTimeFormat(undefined, { weekday: 'long' })
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' })
const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' })

const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0)

/** 9:02, in the reader's locale. */
export const timeOf = (at: number): string => clock.format(at)
export const exactTimeOf = (at: number): string => exact.format(at)

/** Names a day for as long as it is that day. */
export const dayKey = (at: number): string => String(midnight(at))

/** Today, yesterday, the weekday within a week, then the date. */
export function dayOf(at: number, now = Date.now()): string {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  return days > 0 && days < 7 ? day.format(at) : date.format(at)
}
