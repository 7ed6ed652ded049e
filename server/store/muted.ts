import { Refusal } from '../../protocol/errors.ts'

/** In minutes. */
const UNITS = [
  ['day', 24 * 60],
  ['hour', 60],
  ['minute', 1],
] as const

/** What whoever may only read is told who writes all the same: until when, rounded up, because zones differ. */
export function muted(until: number): Refusal {
  const left = until - Date.now()
  const minutes = Math.ceil(left / 60_000)
  const [unit, length] = UNITS.find(([, one]) => minutes >= one) ?? UNITS[2]
  // Made here: it takes longer than many a part of a start, and few are ever muted.
  const when = new Intl.RelativeTimeFormat('en').format(Math.ceil(minutes / length), unit)
  return new Refusal('forbidden', `You can read here, and write again ${when}.`, left)
}
