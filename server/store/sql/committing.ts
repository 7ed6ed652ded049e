import { Refusal, type RefusalBody } from '../../../protocol/errors.ts'
import type { Batch, Commit } from '../store.ts'
import { inOneTransaction, reasonOf, type Database } from './database.ts'
import { createGathering } from './gathering.ts'
import { createOperations, type OperationName } from './operations.ts'

/** What the thread that writes and its other end say to one another. */

/** `until`: when whoever asked has given up, by the clock of clock.ts. What was not begun by then is not begun any more. */
export type Command = { id: number; operation: OperationName; values: unknown[]; until: number }
export type Round = { commands: Command[] }
export type Result = { id: number } & ({ value: unknown } | { refusal: RefusalBody } | { mistake: string })
export type Done = {
  results: Result[]
  commit: Commit | null
  /** Null if nothing was written, which does not show whether the disk works. */
  stored: Batch | null
}
export type Refused = { refused: number[]; trouble: string; damaged: boolean }
export type Reply =
  | { ready: string }
  | { failed: string }
  | { told: string; facts: Record<string, unknown> }
  | Done
  | Refused
  | { closed: true }

/** What is done in the transaction beside the commands: before the first, and after the last. */
export type Around = { first?: (commands: readonly Command[]) => void; last?: (commit: Commit | null) => void }

/** Makes all commands that wait durable at once. */
export function createCommitting(database: Database, keptFor: number, { first, last }: Around = {}) {
  const { written, isTrouble, isDamage } = database.dialect
  const gathering = createGathering(database)
  const operations = createOperations(database, gathering.changes, keptFor)
  const writtenSoFar = () => database.get(written)?.['n']

  /** A refusal or a mistake undoes what its own command did, and nothing else of the batch. */
  function perform({ id, operation, values }: Command): Result {
    const undo = gathering.mark()
    database.exec('SAVEPOINT command')
    try {
      const run = operations[operation] as (...values: unknown[]) => unknown
      const value = run(...values)
      database.exec('RELEASE command')
      return { id, value }
    } catch (error) {
      // A failing disk fails them all; a mistake of ours only the one that ran into it.
      if (isTrouble(error)) throw error
      database.exec('ROLLBACK TO command; RELEASE command')
      undo()
      if (error instanceof Refusal) {
        const { code, message, retryAfter } = error
        return { id, refusal: { code, message, ...(retryAfter !== undefined && { retryAfter }) } }
      }
      return { id, mistake: String(error) }
    }
  }

  return (commands: Command[]): Done | Refused => {
    try {
      const since = performance.now()
      const { results, commit, hasWritten } = inOneTransaction(database, () => {
        first?.(commands)
        gathering.begin()
        const before = writtenSoFar()
        const results = commands.map(perform)
        const commit = gathering.commit()
        const hasWritten = writtenSoFar() !== before
        last?.(commit)
        return { results, commit, hasWritten }
      })
      if (!hasWritten) return { results, commit, stored: null }
      const took = performance.now() - since
      return { results, commit, stored: { asked: commands.length, sent: gathering.sent(), took } }
    } catch (error) {
      // Nothing of the batch happened. Each is told so, keeps its message, and may try again.
      return { refused: commands.map(({ id }) => id), trouble: reasonOf(error), damaged: isDamage(error) }
    }
  }
}
