import type { MySettings } from '../../protocol/settings.ts'

/** Whether it is one of somebody's quiet hours, where they are; those that go over midnight too. */
export function isQuiet(quiet: MySettings['quiet'], now: number): boolean {
  if (!quiet) return false
  const { from, to, zone } = quiet
  const clock = new Intl.DateTimeFormat('en', { timeZone: zone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' })
  const part = (type: string) => Number(clock.formatToParts(now).find((one) => one.type === type)?.value)
  const minute = part('hour') * 60 + part('minute')
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to
}
