/** How far a zone's clocks are ahead of UTC at a time. Milliseconds. */
function aheadOf(zone: string, time: number): number {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  })
  const part = Object.fromEntries(clock.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000
}

/** When a day (YYYY-MM-DD) begins in a time zone. Milliseconds since the Unix epoch. */
export function beginningOfDay(day: string, zone: string): number {
  const midnight = Date.parse(day)
  // Asked again where the clocks are changed between the two midnights.
  const near = midnight - aheadOf(zone, midnight)
  return midnight - aheadOf(zone, near)
}
