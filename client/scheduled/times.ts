import { more } from '../ui/moreWords.ts'
import { HOUR } from '../ui/spans.ts'

const [MORNING, EVENING, MONDAY] = [9, 18, 1]

/** That hour so many days from now, by the clock of this device, whatever it does in between. */
function dayAt(now: Date, days: number, hour: number): number {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour).getTime()
}

/** Times that people often mean, the next first. Milliseconds since the Unix epoch. */
export function suggestions(now: Date): { name: string; at: number }[] {
  const evening = dayAt(now, 0, EVENING)
  const untilMonday = (MONDAY - now.getDay() + 7) % 7 || 7
  return [
    { name: more.inAnHour, at: now.getTime() + HOUR },
    // An hour before it the first one says the same.
    ...(evening > now.getTime() + HOUR ? [{ name: more.thisEvening, at: evening }] : []),
    { name: more.tomorrowMorning, at: dayAt(now, 1, MORNING) },
    ...(untilMonday > 1 ? [{ name: more.nextMonday, at: dayAt(now, untilMonday, MORNING) }] : []),
  ]
}

const two = (n: number) => String(n).padStart(2, '0')

/** As a field for a date and a time has it, by the clock of this device. */
export function fieldOf(at: number): string {
  const date = new Date(at)
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Null for what is no time. */
export function timeIn(field: string): number | null {
  const at = new Date(field).getTime()
  return Number.isNaN(at) ? null : at
}
