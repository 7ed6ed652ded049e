import { existsSync } from 'node:fs'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { monotonicNow } from '../sql/clock.ts'
import { createCommitting, type Command, type Reply, type Round } from '../sql/committing.ts'
import { reasonOf } from '../sql/database.ts'
import { patienceOf } from '../sql/patience.ts'
import { isStorageTrouble, makeDurable, openDatabase } from './database.ts'
import { createHousekeeping } from './housekeeping.ts'
import { beginNewLog, isBroughtBack } from './record.ts'
import { migrate } from './schema.ts'

/** The thread that writes. It takes all commands that wait, makes them durable with one fsync, and answers them together. */

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
  const commitAll = createCommitting(database, keptFor)

  let storedAt = -Infinity
  port.on('message', (first: Round | { close: true }) => {
    const waiting = [first]
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) waiting.push(next.message)
    const rounds = waiting.filter((message): message is Round => 'commands' in message)
    const commands = rounds.flatMap((round) => round.commands)
    if (rounds.length > 0) {
      const done = commit(commands.filter(({ since }) => patienceOf(since, storedAt) > monotonicNow()))
      if ('results' in done) storedAt = monotonicNow()
      // Nobody waits for what follows from it.
      say(done)
      if ('stored' in done && done.stored)
        housekeeping.written((done.commit?.deletedRooms.length ?? 0) > 0, done.stored.took)
    }
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
    // What is written into a file that was removed is lost when its last user ends.
    if (!existsSync(file))
      return { refused: commands.map(({ id }) => id), trouble: 'the database is gone from its folder', damaged: false }
    return commitAll(commands)
  }
}
