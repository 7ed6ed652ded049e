import { DAY } from '../../../protocol/limits.ts'
import { monotonicNow } from '../sql/clock.ts'
import type { Database } from '../sql/database.ts'
import { PATIENCE } from './database.ts'
import { metaOf } from '../sql/queries.ts'

/** Before what somebody's long reading was in the way of is tried again. Milliseconds. */
const AGAIN = 5_000
/** Compacting stops everybody who writes: it waits until nobody does, but not for longer than a day. Milliseconds. */
const AT_LATEST = DAY
/** And it takes no more than a thousandth of the time. */
const SELDOM = 1_000

/**
 * Removes from the files what was deleted or changed. SQLite overwrites it in its place at once. It is still in the log that
 * leads there, which is brought over and cut to nothing soon after; and, of about one text in four hundred, as a forgotten copy
 * on a page that was once rearranged: only compacting writes every page anew. While more is going piece by piece (`isGoing`), that
 * would be to be done again.
 */
export function createTidying(
  database: Database,
  soon: number,
  { attempt, isGoing }: { attempt: (task: () => void) => void; isGoing: () => boolean },
) {
  let [cutting, compacting]: (NodeJS.Timeout | undefined)[] = []
  let [lastWrite, wanted, earliest] = [monotonicNow(), monotonicNow(), 0]

  const cutIn = (ms: number) => (cutting ??= setTimeout(cut, ms))
  const compactIn = (ms: number) => (compacting ??= setTimeout(compact, ms))

  function cut(): void {
    cutting = undefined
    attempt(() => {
      if (!cutLog()) return cutIn(AGAIN)
      if (metaOf(database, 'traces') !== undefined) compactIn(0)
    })
  }

  /** Nobody's message waits for somebody's reading. Returns whether nobody was. */
  function cutLog(): boolean {
    database.exec('PRAGMA busy_timeout = 0')
    try {
      return database.get('PRAGMA wal_checkpoint(TRUNCATE)')?.['busy'] === 0
    } finally {
      database.exec(`PRAGMA busy_timeout = ${PATIENCE}`)
    }
  }

  function compact(): void {
    compacting = undefined
    const before = monotonicNow()
    const quietFor = before - lastWrite
    if (before < earliest) return void compactIn(earliest - before)
    if (before - wanted < AT_LATEST) {
      if (quietFor < soon) return void compactIn(soon - quietFor)
      if (isGoing()) return void compactIn(soon)
    }
    attempt(() => {
      database.exec('VACUUM')
      earliest = before + SELDOM * (monotonicNow() - before)
      database.run(`DELETE FROM meta WHERE key = 'traces'`)
      if (!cutLog()) cutIn(AGAIN)
    })
  }

  // Whoever was here before may have been ended in between.
  if (metaOf(database, 'traces') !== undefined) cutIn(soon)
  return {
    /** To be told when something was committed. */
    written(): void {
      lastWrite = monotonicNow()
      if (cutting || metaOf(database, 'traces') === undefined) return
      if (!compacting) wanted = lastWrite
      cutIn(soon)
    },
    end(): void {
      clearTimeout(cutting)
      clearTimeout(compacting)
    },
  }
}
