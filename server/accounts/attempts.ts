import { z } from 'zod'
import { Refusal } from '../../protocol/errors.ts'
import { alone, type Cluster } from '../cluster/cluster.ts'

/** So many wrong tries cost nothing: of one name or one browser, and of one address, behind which there may be many people. */
const FREE = { name: 5, known: 10, address: 30 }
export type Source = { kind: keyof typeof FREE; who: string }

/** Each further one doubles the wait, from a second to this. Milliseconds. */
const LONGEST = 15 * 60_000
/** Who has not tried for so long begins anew. Milliseconds. */
const FORGOTTEN = 60 * 60_000
/** Most sources of one kind that are counted; beyond, the one that tried longest ago is forgotten. */
const MOST = 50_000

/** `before`: when the try before the last one was. */
type Count = { wrong: number; at: number; before: number }

/** What another node has counted, or taken back. */
const Told = z.object({
  what: z.enum(['tried', 'takenBack']),
  sources: z.array(z.object({ kind: z.enum(['name', 'known', 'address']), who: z.string() })),
})

export type Attempts = ReturnType<typeof createAttempts>

/**
 * How often somebody tried in vain, on whichever node. A name that strangers try is slowed down for strangers alone: who signs in from
 * where they were before is counted apart from them, and so can be locked out by nobody else.
 */
export function createAttempts({ cluster = alone(), now = Date.now }: { cluster?: Cluster; now?: () => number } = {}) {
  const counts = { name: new Map<string, Count>(), known: new Map<string, Count>(), address: new Map<string, Count>() }

  function waitOf({ kind, who }: Source): number {
    const count = counts[kind].get(who)
    if (!count) return 0
    const over = count.wrong - FREE[kind]
    // The clock may have been set back: nobody waits longer than the rule says.
    const passed = Math.max(0, now() - count.at)
    return over < 0 ? 0 : Math.max(0, Math.min(1_000 * 2 ** over, LONGEST) - passed)
  }

  function add({ kind, who }: Source): void {
    const known = counts[kind]
    const found = known.get(who)
    const last = found && now() - found.at < FORGOTTEN ? found : { wrong: 0, at: 0 }
    known.delete(who)
    known.set(who, { wrong: last.wrong + 1, at: now(), before: last.at })
    const [oldest] = known.size > MOST ? known.keys() : []
    if (oldest !== undefined) known.delete(oldest)
  }

  /** Unless somebody has tried since `at`, it is as if nobody had. */
  function takeBack({ kind, who }: Source, at?: number): void {
    const known = counts[kind]
    const count = known.get(who)
    if (!count) return
    if (count.wrong === 1) known.delete(who)
    else
      known.set(who, {
        ...count,
        wrong: count.wrong - 1,
        at: at === undefined || count.at === at ? count.before : count.at,
      })
  }

  const tell = (told: z.infer<typeof Told>) => cluster.tell('attempts', JSON.stringify(told))
  cluster.hear('attempts', (payload) => {
    const { what, sources } = Told.parse(JSON.parse(payload))
    for (const source of sources) (what === 'tried' ? add : takeBack)(source)
  })

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
      const at = now()
      for (const source of sources) add(source)
      tell({ what: 'tried', sources })
      return () => {
        for (const source of sources) takeBack(source, at)
        tell({ what: 'takenBack', sources })
      }
    },
  }
}
