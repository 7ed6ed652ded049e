import type { MessagePort } from 'node:worker_threads'
import { monotonicNow } from './clock.ts'
import { reasonOf, type Database } from './database.ts'
import { createSearchReads, type Asked, type Outcome, type SearchIndex } from './searchReads.ts'

/** A search takes so long, and tells then what it has found. Milliseconds. */
const BUDGET = 1_000

export type Task = { id: number; asked: Asked }
export type Reply = { id: number } & (
  | { outcome: Outcome }
  | { trouble: string; damaged: boolean }
  | { mistake: string }
)

type Searching = {
  port: MessagePort
  database: Database
  index: SearchIndex
  /** The id of the search that nobody waits for any more. */
  ended: Int32Array
}

/** In a thread of its own, through a connection of its own, one search after the other: whoever writes or reads waits for none. */
export function answerSearches({ port, database, index, ended }: Searching): void {
  const { isTrouble, isDamage, beginReading } = database.dialect
  const { find } = createSearchReads(database, index)

  port.on('message', (message: Task | { close: true }) => {
    if ('id' in message) return answer(message)
    database.close()
    port.close()
  })

  function answer(task: Task): void {
    port.postMessage(replyTo(task))
    // What is open would be in the way of tidying up.
    if (database.inTransaction()) database.run('COMMIT')
  }

  function replyTo({ id, asked }: Task): Reply {
    const until = monotonicNow() + BUDGET
    try {
      database.run(beginReading)
      const goOn = () => monotonicNow() < until && Atomics.load(ended, 0) !== id
      return { id, outcome: find(asked, goOn) }
    } catch (error) {
      if (!isTrouble(error)) return { id, mistake: String(error) }
      return { id, trouble: reasonOf(error), damaged: isDamage(error) }
    }
  }
}
