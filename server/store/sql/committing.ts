import { Refusal, type RefusalBody } from '../../../protocol/errors.ts'
import type { Batch, Commit } from '../store.ts'
import { inOneTransaction, reasonOf, type Database } from './database.ts'
import { createGathering } from './gathering.ts'
import { createOperations, type OperationName } from './operations.ts'

/** What the thread that writes and its other end say to one another. */

/** `id` rises from one to the next. */
export type Command = { id: bigint; operation: OperationName; values: unknown[] }
export type Round = { commands: Command[] }
export type Result = { id: bigint } & ({ value: unknown } | { refusal: RefusalBody } | { mistake: string })
export type Done = {
  results: Result[]
  commit: Commit | null
  /** Null if nothing was written, which does not show whether the disk works. */
  stored: Batch | null
  /** The commit as all nodes can read it, where there may be others. */
  logged?: Logged | undefined
}
/** `told`: the commit, as JSON. */
export type Logged = { id: number; told: string }
export type Refused = { refused: bigint[]; trouble: string; damaged: boolean }
export type Reply =
  | { ready: string }
  | { failed: string }
  | { told: string; facts: Record<string, unknown> }
  | Done
  | Refused
  | { closed: true }

/** What is done in the transaction beside the commands: before the first, and after the last. */
export type Around = { first?: (commands: readonly Command[]) => void; last?: (commit: Commit) => Logged }

/** How often what was in another one's way is begun again. */
const TIMES = 10

/** Makes all commands that wait durable at once. */
export function createCommitting(database: Database, keptFor: number, { first, last }: Around = {}) {
  const { isTrouble, isCollision, isDamage } = database.dialect
  const gathering = createGathering(database)
  const operations = createOperations(database, gathering.changes, keptFor)

  const run = ({ operation, values }: Command): unknown =>
    (operations[operation] as (...values: unknown[]) => unknown)(...values)

  /** A refusal or a mistake undoes what its own command did, and nothing else of the batch. */
  function perform(command: Command): Result {
    const undo = gathering.mark()
    database.exec('SAVEPOINT command')
    try {
      const value = run(command)
      database.exec('RELEASE command')
      return { id: command.id, value }
    } catch (error) {
      // A failing disk fails them all; a mistake of ours only the one that ran into it.
      if (isTrouble(error)) throw error
      database.exec('ROLLBACK TO command; RELEASE command')
      undo()
      return resultOf(command, error)
    }
  }

  /** `performOne` may throw where one is refused: then nothing of any has happened. */
  function commitAll(commands: readonly Command[], performOne: (command: Command) => Result): Done {
    const since = performance.now()
    const { results, commit, hasWritten, logged } = inOneTransaction(database, () => {
      first?.(commands)
      gathering.begin()
      const before = database.written()
      const results = commands.map(performOne)
      const commit = gathering.commit()
      return { results, commit, hasWritten: database.written() !== before, logged: commit ? last?.(commit) : undefined }
    })
    if (!hasWritten) return { results, commit, stored: null }
    const took = performance.now() - since
    return { results, commit, stored: { asked: commands.length, sent: gathering.sent(), took }, logged }
  }

  return (commands: readonly Command[]): Done | Refused => {
    // Without one for each command it costs a third less, and hardly ever is one refused here.
    let hasSavepoints = false
    for (let times = 1; ; times++) {
      try {
        return commitAll(commands, hasSavepoints ? perform : (command) => ({ id: command.id, value: run(command) }))
      } catch (error) {
        if (isCollision(error) && times < TIMES) continue
        if (!isTrouble(error) && !hasSavepoints) {
          hasSavepoints = true
          continue
        }
        // Nothing of the batch happened. Each is told so, keeps its message, and may try again.
        return { refused: commands.map(({ id }) => id), trouble: reasonOf(error), damaged: isDamage(error) }
      }
    }
  }
}

function resultOf({ id }: Command, error: unknown): Result {
  if (!(error instanceof Refusal)) return { id, mistake: String(error) }
  const { code, message, retryAfter } = error
  return { id, refusal: { code, message, ...(retryAfter !== undefined && { retryAfter }) } }
}
