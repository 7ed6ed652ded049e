import { existsSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { createCommitting, type Command, type Reply } from '../sql/committing.ts'
import { reasonOf } from '../sql/database.ts'
import { takeRounds, type GivenUp } from '../sql/rounds.ts'
import { isStorageTrouble, makeDurable, openDatabase } from './database.ts'
import { createHousekeeping } from './housekeeping.ts'
import { beginNewLog } from '../sql/furnish.ts'
import { isBroughtBack } from './record.ts'
import { migrate } from './schema.ts'

/** The thread that writes. It takes all commands that wait, makes them durable with one fsync, and answers them together. */

/** `again`: the writer before this one has ended, and the database was in use until then. */
export type WriterData = {
  file: string
  defaultRoom: string
  tidyAfter: number
  keptFor: number
  again: boolean
  givenUp: GivenUp
}

if (!parentPort) throw new Error('The writer runs in a worker thread.')
const port = parentPort
const { file, defaultRoom, tidyAfter, keptFor, again, givenUp } = workerData as WriterData
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

  takeRounds(port, givenUp, {
    write(commands, isWanted) {
      const done = commit(commands.filter(isWanted))
      // Nobody waits for what follows from it.
      say(done)
      if ('stored' in done && done.stored)
        housekeeping.written((done.commit?.deletedRooms.length ?? 0) > 0, done.stored.took)
    },
    end() {
      housekeeping.end()
      // While somebody reads, closing does not do this by itself, and a copy of the file alone would lack the newest.
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      database.close()
    },
  })
  say({ ready: durability })

  function commit(commands: Command[]): Reply {
    // What is written into a file that was removed is lost when its last user ends.
    if (!existsSync(file))
      return { refused: commands.map(({ id }) => id), trouble: 'the database is gone from its folder', damaged: false }
    return commitAll(commands)
  }
}
