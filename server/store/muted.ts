import { Refusal } from '../../protocol/errors.ts'

/** In minutes. */
const UNITS = [
  ['day', 24 * 60],
  ['hour', 60],
  ['minute', 1],
] as const

const spoken = new Intl.RelativeTimeFormat('en')

/** What whoever may only read is told who writes all the same: until when, rounded up, because zones differ. */
export function muted(until: number): Refusal {
  const left = until - Date.now()
  const minutes = Math.ceil(left / 60_000)
  const [unit, length] = UNITS.find(([, one]) => minutes >= one) ?? UNITS[2]
  const when = spoken.format(Math.ceil(minutes / length), unit)
  return new Refusal('forbidden', `You can read here, and write again ${when}.`, left)
}
