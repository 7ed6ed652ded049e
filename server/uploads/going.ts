import { Refusal } from '../../protocol/errors.ts'

/** Files that go to one person at once, at most: more than a page shows, and few enough that nobody holds all that can be open. */
const GOING = 200
/** Milliseconds. */
const SOON = 5_000

/** What goes out just now: so many files to each person. Refused: `rate_limited`. */
export function createGoing() {
  const open = new Map<string, number>()
  return async function going(who: string, send: () => Promise<void>): Promise<void> {
    const others = open.get(who) ?? 0
    if (others >= GOING) throw new Refusal('rate_limited', 'Many files go to you at once. Try again in a moment.', SOON)
    open.set(who, others + 1)
    try {
      await send()
    } finally {
      const still = (open.get(who) ?? 1) - 1
      if (still > 0) open.set(who, still)
      else open.delete(who)
    }
  }
}
