import { Refusal } from '../../protocol/errors.ts'

/** So many wrong tries cost nothing: of one name or one browser, and of one address, behind which there may be many people. */
const FREE = { name: 5, known: 10, address: 30 }
export type Source = { kind: keyof typeof FREE; who: string }

/** Each further one doubles the wait, from a second to this. Milliseconds. */
const LONGEST = 15 * 60_000
/** Who has not tried for so long begins anew. Milliseconds. */
const FORGOTTEN = 60 * 60_000
/** Most sources of one kind that are counted; beyond, the one that tried longest ago is forgotten. */
const MOST = 50_000

type Count = { wrong: number; at: number }

export type Attempts = ReturnType<typeof createAttempts>

/**
 * How often somebody tried in vain. A name that strangers try is slowed down for strangers alone: who signs in from where
 * they were before is counted apart from them, and so can be locked out by nobody else.
 */
export function createAttempts(now: () => number = Date.now) {
  const counts = { name: new Map<string, Count>(), known: new Map<string, Count>(), address: new Map<string, Count>() }

  function waitOf({ kind, who }: Source): number {
    const count = counts[kind].get(who)
    if (!count) return 0
    const over = count.wrong - FREE[kind]
    // The clock may have been set back: nobody waits longer than the rule says.
    const passed = Math.max(0, now() - count.at)
    return over < 0 ? 0 : Math.max(0, Math.min(1_000 * 2 ** over, LONGEST) - passed)
  }

  /** Returns what takes it back. */
  function add({ kind, who }: Source): () => void {
    const known = counts[kind]
    const found = known.get(who)
    const before = found && now() - found.at < FORGOTTEN ? found : { wrong: 0, at: now() }
    known.delete(who)
    known.set(who, { wrong: before.wrong + 1, at: now() })
    const [oldest] = known.size > MOST ? known.keys() : []
    if (oldest !== undefined) known.delete(oldest)
    return () => {
      const after = known.get(who)
      if (!after) return
      // Unless somebody tried meanwhile it is as if nobody had.
      if (after.wrong > before.wrong + 1) known.set(who, { wrong: after.wrong - 1, at: after.at })
      else if (before.wrong > 0) known.set(who, before)
      else known.delete(who)
    }
  }

  return {
    /**
     * Counts a try before it is known how it ends, so that many at once are many. Throws `rate_limited` while one of its
     * sources has to wait. Returns what takes it back, for one that was right.
     */
    begin(...sources: Source[]): () => void {
      const wait = Math.max(...sources.map(waitOf))
      if (wait > 0) {
        const seconds = Math.ceil(wait / 1000)
        const time = seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`
        throw new Refusal('rate_limited', `That was tried too often. Go on in ${time}.`, wait)
      }
      const undo = sources.map(add)
      return () => {
        for (const one of undo) one()
      }
    },
  }
}
