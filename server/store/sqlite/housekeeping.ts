import { removeOldCopies } from './copies.ts'
import { PATIENCE, type Database } from './database.ts'
import type { OperationName } from './operations.ts'
import { keepRecord } from './record.ts'
import type { Tell } from './schema.ts'

/** How often the folder's record is brought up to date. Milliseconds. */
const EVERY = 60_000
/** Before a clean-up is tried again that somebody's long reading was in the way of. Milliseconds. */
const AGAIN = 5_000

/** After these a text is in the write-ahead log that should be nowhere any more. */
const FORGETTING: ReadonlySet<string> = new Set(['messages.edit', 'messages.remove'])

/** What the writer does beside writing. Trouble with it waits for the next time. */
export function createHousekeeping(
  database: Database,
  file: string,
  { tidyAfter, tell }: { tidyAfter: number; tell: Tell },
) {
  let tidying: NodeJS.Timeout | undefined

  function keepHouse(): void {
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

  /** What is overwritten in the database is still in the log that leads there: it is brought over and cut to nothing. */
  function tidy(): void {
    tidying = undefined
    attempt(() => {
      // Nobody's message waits for somebody's reading.
      database.exec('PRAGMA busy_timeout = 0')
      try {
        if (database.get('PRAGMA wal_checkpoint(TRUNCATE)')?.['busy'] !== 0) tidyIn(AGAIN)
      } finally {
        database.exec(`PRAGMA busy_timeout = ${PATIENCE}`)
      }
    })
  }
  const tidyIn = (ms: number) => {
    tidying ??= setTimeout(tidy, ms)
  }

  keepHouse()
  const timer = setInterval(keepHouse, EVERY)
  return {
    /** To be told of what was committed. */
    done(operations: OperationName[]): void {
      if (operations.some((name) => FORGETTING.has(name))) tidyIn(tidyAfter)
    },
    end(): void {
      clearInterval(timer)
      clearTimeout(tidying)
      attempt(() => keepRecord(database, file))
    },
  }
}
