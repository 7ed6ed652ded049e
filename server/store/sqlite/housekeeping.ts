import { removeOldCopies } from './copies.ts'
import type { Database } from './database.ts'
import { keepRecord } from './record.ts'
import type { Tell } from './schema.ts'
import { createTidying } from './tidying.ts'

/** How often the folder's record is brought up to date, and how soon for the first time: nobody waits for it. Milliseconds. */
const EVERY = 60_000
const FIRST = 1_000

/** What the writer does beside writing. Trouble with it waits for the next time. */
export function createHousekeeping(
  database: Database,
  file: string,
  { tidyAfter, tell }: { tidyAfter: number; tell: Tell },
) {
  const tidying = createTidying(database, tidyAfter, attempt)
  let keeping = setTimeout(keepHouse, FIRST)

  function keepHouse(): void {
    keeping = setTimeout(keepHouse, EVERY)
    attempt(() => keepRecord(database, file))
    attempt(() => {
      const removed = removeOldCopies(file)
      if (removed.length > 0) tell('old copies of the database removed', { removed })
    })
  }

  function attempt(task: () => void): void {
    try {
      task()
    } catch (error) {
      tell('housekeeping failed', { error: String(error) })
    }
  }

  return {
    written: tidying.written,
    end(): void {
      clearTimeout(keeping)
      tidying.end()
      attempt(() => keepRecord(database, file))
    },
  }
}
