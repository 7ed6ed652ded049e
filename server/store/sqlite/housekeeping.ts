import { removeOldCopies } from './copies.ts'
import { inOneTransaction, type Database } from '../sql/database.ts'
import { createIndexing } from './indexing.ts'
import { eraseExpired } from '../sql/purgeOperations.ts'
import { keepRecord } from './record.ts'
import { createRemoval } from './removal.ts'
import type { Tell } from '../sql/database.ts'
import { createTidying } from './tidying.ts'
import { eraseWithdrawn, nextErasure } from '../sql/withdrawn.ts'

/** How often the folder's record is brought up to date, and how soon for the first time: nobody waits for it. Milliseconds. */
const EVERY = 60_000
const FIRST = 1_000

/** What the writer does beside writing. Trouble with it waits for the next time. */
export function createHousekeeping(
  database: Database,
  file: string,
  { tidyAfter, keptFor, tell }: { tidyAfter: number; keptFor: number; tell: Tell },
) {
  const tidying = createTidying(database, tidyAfter, {
    attempt,
    isGoing: () => !removal.isOver() || !indexing.isOver(),
  })
  const removal = createRemoval(database, attempt, () => {
    tidying.written()
    // The words of what has gone are in the index still, whether anybody writes or not.
    indexing.look()
  })
  const indexing = createIndexing(database, { attempt, tell, onGone: tidying.written })
  let keeping = setTimeout(keepHouse, FIRST)
  let erasing: NodeJS.Timeout | undefined

  function keepHouse(): void {
    keeping = setTimeout(keepHouse, EVERY)
    attempt(() => keepRecord(database, file))
    attempt(erase)
    attempt(() => {
      const removed = removeOldCopies(file)
      if (removed.length > 0) tell('old copies of the database removed', { removed })
    })
  }

  function erase(): void {
    const erased = inOneTransaction(database, () => {
      const purged = eraseExpired(database)
      return eraseWithdrawn(database, keptFor) || purged
    })
    if (erased) tidying.written()
    look()
  }

  /** What can be put back for seconds is erased after these. */
  function look(): void {
    if (erasing) return
    const next = nextErasure(database, keptFor)
    if (next === null) return
    erasing = setTimeout(
      () => {
        erasing = undefined
        attempt(erase)
      },
      // Never later, where a clock was set back.
      Math.min(Math.max(0, next - Date.now()), keptFor),
    )
  }

  function attempt(task: () => void): void {
    try {
      task()
    } catch (error) {
      tell('housekeeping failed', { error: String(error) })
    }
  }

  look()
  return {
    /** `deleted`: a room among it, whose rows are still there. `took`: milliseconds. */
    written(deleted: boolean, took: number): void {
      tidying.written()
      indexing.written(took)
      look()
      if (deleted) removal.look()
    },
    end(): void {
      clearTimeout(keeping)
      attempt(erase)
      clearTimeout(erasing)
      removal.end()
      indexing.end()
      tidying.end()
      attempt(() => keepRecord(database, file))
    },
  }
}
