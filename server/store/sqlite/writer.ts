import { existsSync } from 'node:fs'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { Refusal, type RefusalBody } from '../../../protocol/errors.ts'
import type { Batch, Commit } from '../store.ts'
import { monotonicNow } from './clock.ts'
import { inOneTransaction, isDamage, isStorageTrouble, makeDurable, openDatabase, reasonOf } from './database.ts'
import { createGathering } from './gathering.ts'
import { createHousekeeping } from './housekeeping.ts'
import { createOperations, type OperationName } from './operations.ts'
import { beginNewLog, isBroughtBack } from './record.ts'
import { migrate } from './schema.ts'

/** The thread that writes. It takes all commands that wait, makes them durable with one fsync, and answers them together. */

/** `until`: when whoever asked has given up, by the clock of clock.ts. What was not begun by then is not begun any more. */
export type Command = { id: number; operation: OperationName; values: unknown[]; until: number }
export type Round = { commands: Command[] }
export type Result = { id: number } & ({ value: unknown } | { refusal: RefusalBody } | { mistake: string })
export type Reply =
  | { ready: string }
  | { failed: string }
  | { told: string; facts: Record<string, unknown> }
  /** `stored`: null if nothing was written, which does not show whether the disk works. */
  | { results: Result[]; commit: Commit | null; stored: Batch | null }
  | { refused: number[]; trouble: string; damaged: boolean }
  | { closed: true }
/** `again`: the writer before this one has ended, and the database was in use until then. */
export type WriterData = { file: string; defaultRoom: string; tidyAfter: number; keptFor: number; again: boolean }

if (!parentPort) throw new Error('The writer runs in a worker thread.')
const port = parentPort
const { file, defaultRoom, tidyAfter, keptFor, again } = workerData as WriterData
const say = (reply: Reply) => port.postMessage(reply)
const tell = (told: string, facts: Record<string, unknown>) => say({ told, facts })

try {
  start()
} catch (error) {
  say({ failed: isStorageTrouble(error) ? `${file} cannot be written: ${reasonOf(error)}.` : reasonOf(error) })
}

function start(): void {
  const database = openDatabase(file)
  const durability = makeDurable(database)
  // What is deleted is overwritten, not only marked as free.
  database.exec('PRAGMA secure_delete = ON')
  migrate(database, file, { defaultRoom, tell })
  if (!again && isBroughtBack(database, file)) {
    beginNewLog(database)
    tell('database was brought back from a copy: clients start over', { file })
  }
  const housekeeping = createHousekeeping(database, file, { tidyAfter, keptFor, tell })

  const gathering = createGathering(database)
  const operations = createOperations(database, gathering.changes, keptFor)
  const writtenRows = () => Number(database.get('SELECT total_changes() AS n')?.['n'])

  port.on('message', (first: Round | { close: true }) => {
    const waiting = [first]
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) waiting.push(next.message)
    const rounds = waiting.filter((message): message is Round => 'commands' in message)
    const commands = rounds.flatMap((round) => round.commands)
    if (rounds.length > 0) say(commit(commands.filter(({ until }) => until > monotonicNow())))
    if (rounds.length < waiting.length) {
      housekeeping.end()
      // While somebody reads, closing does not do this by itself, and a copy of the file alone would lack the newest.
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      database.close()
      say({ closed: true })
      port.close()
    }
  })
  say({ ready: durability })

  function commit(commands: Command[]): Reply {
    try {
      // What is written into a file that was removed is lost when its last user ends.
      if (!existsSync(file)) throw new Error('the database is gone from its folder')
      const since = performance.now()
      const done = inOneTransaction(database, () => {
        gathering.begin()
        const rowsBefore = writtenRows()
        const results = commands.map(perform)
        return { results, commit: gathering.commit(), hasWritten: writtenRows() > rowsBefore }
      })
      const { results, commit, hasWritten } = done
      if (!hasWritten) return { results, commit, stored: null }
      const took = performance.now() - since
      housekeeping.written((commit?.deletedRooms.length ?? 0) > 0, took)
      return { results, commit, stored: { asked: commands.length, sent: gathering.sent(), took } }
    } catch (error) {
      // Nothing of the batch happened. Each is told so, keeps its message, and may try again.
      return { refused: commands.map(({ id }) => id), trouble: reasonOf(error), damaged: isDamage(error) }
    }
  }

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
      if (isStorageTrouble(error)) throw error
      database.exec('ROLLBACK TO command; RELEASE command')
      undo()
      if (error instanceof Refusal) {
        const { code, message, retryAfter } = error
        return { id, refusal: { code, message, ...(retryAfter !== undefined && { retryAfter }) } }
      }
      return { id, mistake: String(error) }
    }
  }
}
