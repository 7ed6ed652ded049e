import { parentPort, workerData } from 'node:worker_threads'
import { monotonicNow } from './clock.ts'
import { isDamage, isStorageTrouble, openDatabase, reasonOf } from './database.ts'
import { createSearchReads, type Asked, type Outcome } from './searchReads.ts'

/** The thread that searches, through a connection of its own, one search after the other: whoever writes or reads waits for none. */

/** A search takes so long, and tells then what it has found. Milliseconds. */
const BUDGET = 1_000

export type Task = { id: number; asked: Asked }
export type Reply = { id: number } & (
  | { outcome: Outcome }
  | { trouble: string; damaged: boolean }
  | { mistake: string }
)
/** `ended`: the id of the search that nobody waits for any more. */
export type SearcherData = { file: string; ended: Int32Array }

if (!parentPort) throw new Error('The searcher runs in a worker thread.')
const port = parentPort
const { file, ended } = workerData as SearcherData
const database = openDatabase(file, { readOnly: true })
const { find } = createSearchReads(database)

port.on('message', (message: Task | { close: true }) => {
  if ('id' in message) return port.postMessage(answer(message))
  database.close()
  port.close()
})

function answer({ id, asked }: Task): Reply {
  const until = monotonicNow() + BUDGET
  try {
    database.run('BEGIN')
    const goOn = () => monotonicNow() < until && Atomics.load(ended, 0) !== id
    return { id, outcome: find(asked, goOn) }
  } catch (error) {
    if (!isStorageTrouble(error)) return { id, mistake: String(error) }
    return { id, trouble: reasonOf(error), damaged: isDamage(error) }
  } finally {
    // What is open would be in the way of tidying up.
    if (database.inTransaction()) database.run('COMMIT')
  }
}
