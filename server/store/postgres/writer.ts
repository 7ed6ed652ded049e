import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { Commit } from '../store.ts'
import { monotonicNow } from '../sql/clock.ts'
import { createCommitting, type Logged, type Reply, type Round } from '../sql/committing.ts'
import { reasonOf } from '../sql/database.ts'
import { patienceOf } from '../sql/patience.ts'
import { openConnection } from './connection.ts'
import type { Line } from './driver.ts'
import { takeLocks } from './locks.ts'
import { assertDurable, migrate } from './migrating.ts'

/** The thread that writes: all commands that wait in one transaction, and what all nodes are told of it in the same one. */

/** So many commands are made durable at once: tenths of a second. */
const PIECE = 128

export type WriterData = { line: Line; node: string; defaultRoom: string; keptFor: number }

if (!parentPort) throw new Error('The writer runs in a worker thread.')
const port = parentPort
const { line, node, defaultRoom, keptFor } = workerData as WriterData
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
      'INSERT INTO commits (node, at, told) VALUES (?, ?, ?) RETURNING id',
      node,
      Date.now(),
      told,
    )
    return { id: Number(row?.['id']), told }
  }

  const commitAll = createCommitting(database, keptFor, {
    first: (commands) => takeLocks(database, commands),
    last: log,
  })

  let storedAt = -Infinity
  port.on('message', (first: Round | { close: true }) => {
    const waiting = [first]
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) waiting.push(next.message)
    const rounds = waiting.filter((message): message is Round => 'commands' in message)
    const commands = rounds.flatMap((round) => round.commands)
    // Piece by piece: whoever comes first is answered before the last of a thousand is written.
    while (commands.length > 0) {
      const done = commitAll(
        commands.splice(0, PIECE).filter(({ since }) => patienceOf(since, storedAt) > monotonicNow()),
      )
      if ('results' in done) storedAt = monotonicNow()
      say(done)
    }
    if (rounds.length < waiting.length) {
      database.close()
      say({ closed: true })
      port.close()
    }
  })
  say({ ready: durability })
}
