import { parentPort, workerData } from 'node:worker_threads'
import { inOneTransaction, type Database } from '../sql/database.ts'
import { eraseExpired } from '../sql/purgeOperations.ts'
import { eraseWithdrawn } from '../sql/withdrawn.ts'
import { openConnection } from './connection.ts'
import type { Line } from './driver.ts'
import { keepHistory } from './history.ts'
import { indexPiece } from './indexing.ts'
import { LOCKS } from './locks.ts'
import { removePiece } from './removal.ts'

/** The thread that does what nobody asks for. Every node has one, and one at a time works: whoever gets the lock. */

export type KeeperData = { line: Line; keptFor: number }

/** Between looks at what there is to do. Milliseconds. */
const LOOK = 500
/** Before what failed is tried again. Milliseconds. */
const AGAIN = 5_000
/** What nodes are told is kept for so long: whoever was away longer hears nothing of it. Milliseconds. */
const LOGGED = 10 * 60_000

if (!parentPort) throw new Error('The keeper runs in a worker thread.')
const port = parentPort
const { line, keptFor } = workerData as KeeperData
const database = openConnection(line)

/** Each returns whether there is more of it to do. */
const tasks: ((database: Database) => boolean)[] = [
  indexPiece,
  removePiece,
  () => eraseExpired(database),
  () => eraseWithdrawn(database, keptFor) && false,
  () => forgetCommits(database),
  () => (keepHistory(database), false),
]

/**
 * By PostgreSQL's clock, as they were written: nodes may have different ones. A transaction that stays open hides from everybody what
 * was committed after it began, for as long as it does: that is kept until they have seen it.
 */
function forgetCommits(database: Database): boolean {
  database.all(
    `DELETE FROM commits
     WHERE at < (extract(epoch FROM now()) * 1000 - ?)::bigint AND xid < pg_snapshot_xmin(pg_current_snapshot()) RETURNING 1`,
    LOGGED,
  )
  return false
}

const mayWork = () => database.get(`SELECT pg_try_advisory_xact_lock(${LOCKS.keeping}) AS mine`)?.['mine'] === 1

/** What is wrong is told once, until it is another thing or well again. */
let told = ''

function work(): void {
  let more = false
  let next = LOOK
  try {
    // Where another one is at it, nothing more is asked.
    for (const task of inOneTransaction(database, mayWork) ? tasks : [])
      if (inOneTransaction(database, () => mayWork() && task(database))) more = true
    if (more) next = 0
    told = ''
  } catch (error) {
    next = AGAIN
    if (told !== String(error)) port.postMessage({ told: 'housekeeping failed', facts: { error: String(error) } })
    told = String(error)
  }
  timer = setTimeout(work, next)
}
let timer = setTimeout(work, LOOK)

port.on('message', () => {
  clearTimeout(timer)
  database.close()
  port.close()
})
