import type { Shelf } from '../socket/shelf.ts'
import { DAY } from '../ui/spans.ts'

const ASKED = 'natter.asked'
/** Nobody is asked more often than this in one browser, nor again so soon. Milliseconds. */
const MOST = 2
const APART = 30 * DAY

const askedAt = (shelf: Shelf): number[] => (shelf.get(ASKED) ?? '').split(' ').filter(Boolean).map(Number)

/** Whether somebody may be asked if they want notifications. */
export function mayAsk(shelf: Shelf, now: number): boolean {
  const before = askedAt(shelf)
  return before.length < MOST && now - (before.at(-1) ?? -APART) >= APART
}

export const noteAsked = (shelf: Shelf, now: number): void => shelf.put(ASKED, [...askedAt(shelf), now].join(' '))
