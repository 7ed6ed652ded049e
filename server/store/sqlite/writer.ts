import { existsSync } from 'node:fs'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { Refusal, type RefusalBody } from '../../../protocol/errors.ts'
import type { Change, RoomChanges } from '../../../protocol/messages.ts'
import type { Person } from '../../../protocol/people.ts'
import type { Commit } from '../store.ts'
import { nameOf, revOf, spokenOf } from './changes.ts'
import { monotonicNow } from './clock.ts'
import { isDamage, isStorageTrouble, makeDurable, openDatabase, reasonOf } from './database.ts'
import { createHousekeeping } from './housekeeping.ts'
import { createOperations, type OperationName } from './operations.ts'
import { peopleById, peopleRevOf } from './queries.ts'
import { beginNewLog, isBroughtBack } from './record.ts'
import { migrate } from './schema.ts'

/** The thread that writes. It takes all commands that wait, makes them durable with one fsync, and answers them together. */

/** `until`: when whoever asked has given up, by the clock of clock.ts. What was not begun by then is not begun any more. */
export type Command = { id: number; operation: OperationName; values: unknown[]; until: number }
export type Result = { id: number } & ({ value: unknown } | { refusal: RefusalBody } | { mistake: string })
export type Reply =
  | { ready: string }
  | { failed: string }
  | { told: string; facts: Record<string, unknown> }
  /** `stored`: whether anything was written, and so whether the disk works. */
  | { results: Result[]; commit: Commit | null; stored: boolean }
  | { refused: number[]; trouble: string; damaged: boolean }
  | { closed: true }
/** `again`: the writer before this one has ended, and the database was in use until then. */
export type WriterData = { file: string; defaultRoom: string; tidyAfter: number; again: boolean }

if (!parentPort) throw new Error('The writer runs in a worker thread.')
const port = parentPort
const { file, defaultRoom, tidyAfter, again } = workerData as WriterData
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
  const housekeeping = createHousekeeping(database, file, { tidyAfter, tell })

  let rooms = new Map<string, Change[]>()
  let people = new Map<string, Person>()
  const operations = createOperations(database, {
    inRoom(roomId, change) {
      const list = rooms.get(roomId)
      if (list) list.push(change)
      else rooms.set(roomId, [change])
    },
    person: (person) => people.set(person.id, person),
  })
  const writtenRows = () => Number(database.get('SELECT total_changes() AS n')?.['n'])

  port.on('message', (first: Command | { close: true }) => {
    const waiting = [first]
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) waiting.push(next.message)
    const commands = waiting.filter((message): message is Command => 'id' in message)
    if (commands.length > 0) say(commit(commands.filter(({ until }) => until > monotonicNow())))
    if (commands.length < waiting.length) {
      // While somebody reads, closing does not do this by itself, and a copy of the file alone would lack the newest.
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      housekeeping.end()
      database.close()
      say({ closed: true })
      port.close()
    }
  })
  say({ ready: durability })

  function commit(commands: Command[]): Reply {
    rooms = new Map()
    people = new Map()
    try {
      // What is written into a file that was removed is lost when its last user ends.
      if (!existsSync(file)) throw new Error('the database is gone from its folder')
      database.exec('BEGIN IMMEDIATE')
      const [peopleBefore, rowsBefore] = [peopleRevOf(database), writtenRows()]
      const results = commands.map(perform)
      const changed = commitOf(peopleBefore)
      const stored = writtenRows() > rowsBefore
      database.exec('COMMIT')
      if (stored) housekeeping.written()
      return { results, commit: changed, stored }
    } catch (error) {
      // Nothing of the batch happened. Each is told so, keeps its message, and may try again.
      try {
        database.exec('ROLLBACK')
      } catch {
        // There was no transaction to undo: SQLite had already done so, or it never began.
      }
      return { refused: commands.map(({ id }) => id), trouble: reasonOf(error), damaged: isDamage(error) }
    }
  }

  /** A refusal or a mistake undoes what its own command did, and nothing else of the batch. */
  function perform({ id, operation, values }: Command): Result {
    const [roomsBefore, peopleBefore] = [new Map([...rooms].map(([key, list]) => [key, list.length])), new Map(people)]
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
      people = peopleBefore
      for (const [key, list] of rooms) list.length = roomsBefore.get(key) ?? 0
      if (error instanceof Refusal) return { id, refusal: { code: error.code, message: error.message } }
      return { id, mistake: String(error) }
    }
  }

  function commitOf(peopleBefore: number): Commit | null {
    const changedRooms = [...rooms].flatMap(([roomId, list]) => (list.length > 0 ? [changesOf(roomId, list)] : []))
    const changedPeople =
      people.size > 0 ? { after: peopleBefore, rev: peopleRevOf(database), people: [...people.values()] } : null
    return changedRooms.length > 0 || changedPeople ? { rooms: changedRooms, people: changedPeople } : null
  }

  function changesOf(roomId: string, list: Change[]): RoomChanges {
    const revs = list.map(revOf)
    const newest = new Map(list.map((change) => [nameOf(change), change]))
    const changes = [...newest.values()].sort((a, b) => revOf(a) - revOf(b))
    return {
      roomId,
      after: Math.min(...revs) - 1,
      rev: Math.max(...revs),
      changes,
      people: peopleById(database, changes.flatMap(spokenOf)),
    }
  }
}
