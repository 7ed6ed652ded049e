import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { Refusal, type RefusalBody } from '../../../protocol/errors.ts'
import type { Change, RoomChanges } from '../../../protocol/messages.ts'
import type { Person } from '../../../protocol/people.ts'
import type { Commit } from '../store.ts'
import { nameOf, revOf, spokenOf } from './changes.ts'
import { isStorageTrouble, makeDurable, openDatabase } from './database.ts'
import { createOperations, type OperationName } from './operations.ts'
import { peopleById, peopleRevOf } from './queries.ts'
import { migrate } from './schema.ts'

/** The thread that writes. It takes all commands that wait, makes them durable with one fsync, and answers them together. */

export type Command = { id: number; operation: OperationName; values: unknown[] }
export type Result = { id: number } & (
  | { value: unknown }
  | { refusal: RefusalBody }
  | { mistake: string }
  | { trouble: string }
)
export type Reply =
  | { ready: string }
  | { failed: string }
  | { results: Result[]; commit: Commit | null }
  | { closed: true }

if (!parentPort) throw new Error('The writer runs in a worker thread.')
const port = parentPort
const { file, defaultRoom } = workerData as { file: string; defaultRoom: string }
const say = (reply: Reply) => port.postMessage(reply)

try {
  start()
} catch (error) {
  say({ failed: error instanceof Error ? error.message : String(error) })
}

function start(): void {
  const database = openDatabase(file)
  const durability = makeDurable(database)
  migrate(database, defaultRoom)

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

  port.on('message', (first: Command | { close: true }) => {
    const waiting = [first]
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) waiting.push(next.message)
    const commands = waiting.filter((message): message is Command => 'id' in message)
    if (commands.length > 0) say(commit(commands))
    if (commands.length < waiting.length) {
      // While the reader is open, closing does not do this by itself, and a copy of the file alone would lack the newest.
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
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
      database.exec('BEGIN IMMEDIATE')
      const peopleBefore = peopleRevOf(database)
      const results = commands.map(perform)
      const changed = commitOf(peopleBefore)
      database.exec('COMMIT')
      return { results, commit: changed }
    } catch (error) {
      // Nothing of the batch happened. Each is told so, keeps its message, and may try again.
      try {
        database.exec('ROLLBACK')
      } catch {
        // There was no transaction to undo: SQLite had already done so, or it never began.
      }
      return { results: commands.map(({ id }) => ({ id, trouble: String(error) })), commit: null }
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
      database.exec('ROLLBACK TO command; RELEASE command')
      people = peopleBefore
      for (const [key, list] of rooms) list.length = roomsBefore.get(key) ?? 0
      if (error instanceof Refusal) return { id, refusal: { code: error.code, message: error.message } }
      // A failing disk fails them all; a mistake of ours only the one that ran into it.
      if (isStorageTrouble(error)) throw error
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
