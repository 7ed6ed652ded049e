import { parentPort, workerData } from 'node:worker_threads'
import type { Commit } from '../store.ts'
import { createCommitting, type Logged, type Reply } from '../sql/committing.ts'
import { reasonOf } from '../sql/database.ts'
import { takeRounds, type GivenUp } from '../sql/rounds.ts'
import { askAhead } from './ahead.ts'
import { openConnection } from './connection.ts'
import type { Line } from './driver.ts'
import { takeLocks } from './locks.ts'
import { assertDurable, migrate } from './migrating.ts'

/** The thread that writes: all commands that wait in one transaction, and what all nodes are told of it in the same one. */

/** So many commands are made durable at once: tenths of a second. */
const PIECE = 128

export type WriterData = { line: Line; node: string; defaultRoom: string; keptFor: number; givenUp: GivenUp }

if (!parentPort) throw new Error('The writer runs in a worker thread.')
const port = parentPort
const { line, node, defaultRoom, keptFor, givenUp } = workerData as WriterData
const say = (reply: Reply) => port.postMessage(reply)

try {
  start()
} catch (error) {
  say({ failed: `PostgreSQL: ${reasonOf(error)}` })
}

function start(): void {
  const database = openConnection(line)
  const durability = assertDurable(database)
  migrate(database, defaultRoom)

  function log(commit: Commit): Logged {
    const told = JSON.stringify(commit)
    const row = database.get(
      'INSERT INTO commits (node, at, told) VALUES (?, extract(epoch FROM now()) * 1000, ?) RETURNING id',
      node,
      told,
    )
    return { id: Number(row?.['id']), told }
  }

  const commitAll = createCommitting(database, keptFor, {
    first(commands) {
      takeLocks(database, commands)
      askAhead(database, commands)
    },
    last: log,
  })

  takeRounds(port, givenUp, {
    // Piece by piece: whoever comes first is answered before the last of a thousand is written.
    write(commands, isWanted) {
      while (commands.length > 0) say(commitAll(commands.splice(0, PIECE).filter(isWanted)))
    },
    end: () => database.close(),
  })
  say({ ready: durability })
}
