import type { Worker } from 'node:worker_threads'
import { Refusal } from '../../../protocol/errors.ts'
import type { Asked, Outcome } from './searchReads.ts'
import type { Reply, Task } from './searchThread.ts'

/** People who wait for their turn; to more it is said that it is too much. */
const MOST = 100
/** Whoever searches is answered by then, also where the thread has only begun on a busy machine. Milliseconds. */
const DEADLINE = 8_000

type Job = { asked: Asked; resolve: (outcome: Outcome) => void; reject: (error: Error) => void }

/** One that searches. `ended`: the id of the search that nobody waits for any more. */
type Searcher = { ended: Int32Array; worker: Worker | null; running: { id: number; job: Job } | null }

type Options = {
  /** The thread, which hears by `ended` of the search that nobody waits for any more. */
  startThread: (ended: Int32Array) => Worker
  /** How many people search at the same time; others wait. */
  threads?: number
  onTrouble: (error: unknown) => void
  onDamage: (reason: string) => void
}

/**
 * The other end of the threads that search, on the main thread. Each person has one search at a time: a newer one takes the place
 * of the one that waits, and ends the one that runs.
 */
export function createSearching({ startThread, threads = 1, onTrouble, onDamage }: Options) {
  const waiting = new Map<string, Job>()
  const searchers = Array.from({ length: threads }, (): Searcher => ({
    ended: new Int32Array(new SharedArrayBuffer(4)),
    worker: null,
    running: null,
  }))
  let count = 0
  let closing = false

  /** Made when it is first needed: most tests and some servers never search. */
  function start(searcher: Searcher): Worker {
    const started = startThread(searcher.ended)
    started.on('message', (reply: Reply) => settle(searcher, reply))
    started.on('error', (error) => onTrouble(error))
    started.on('exit', () => {
      if (searcher.worker !== started) return
      searcher.worker = null
      const failed = searcher.running
      searcher.running = null
      failed?.job.reject(unavailable())
      next()
    })
    return started
  }

  function next(): void {
    const searcher = searchers.find(({ running }) => running === null)
    const first = [...waiting].find(([personId]) => !runningOf(personId))
    if (!searcher || !first || closing) return
    const [personId, job] = first
    waiting.delete(personId)
    const id = ++count
    searcher.running = { id, job }
    searcher.worker ??= start(searcher)
    searcher.worker.postMessage({ id, asked: job.asked } satisfies Task)
  }

  function settle(searcher: Searcher, reply: Reply): void {
    if (searcher.running?.id !== reply.id) return
    const { job } = searcher.running
    searcher.running = null
    if ('outcome' in reply) job.resolve(reply.outcome)
    else if ('mistake' in reply) job.reject(new Error(reply.mistake))
    else {
      if (reply.damaged) onDamage(reply.trouble)
      else onTrouble(new Error(reply.trouble))
      job.reject(unavailable())
    }
    next()
  }

  const runningOf = (personId: string) => searchers.find(({ running }) => running?.job.asked.personId === personId)

  function end(searcher: Searcher | undefined): void {
    if (searcher?.running) Atomics.store(searcher.ended, 0, searcher.running.id)
  }

  async function search(asked: Asked): Promise<Outcome> {
    const { personId } = asked
    if (closing) throw unavailable()
    waiting.get(personId)?.resolve(notYet(asked))
    if (!waiting.has(personId) && waiting.size >= MOST)
      throw new Refusal('rate_limited', 'Many people are searching just now. Try again.', 1_000)
    end(runningOf(personId))
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        if (waiting.get(personId) === job) waiting.delete(personId)
        resolve(notYet(asked))
      }, DEADLINE)
      const job: Job = {
        asked,
        resolve(outcome) {
          clearTimeout(late)
          resolve(outcome)
        },
        reject(error) {
          clearTimeout(late)
          reject(error)
        },
      }
      waiting.set(personId, job)
      next()
    })
  }

  return {
    search,
    async close(): Promise<void> {
      closing = true
      for (const job of waiting.values()) job.reject(unavailable())
      waiting.clear()
      await Promise.all(
        searchers.map(async (searcher) => {
          const { worker } = searcher
          if (!worker) return
          end(searcher)
          await new Promise((resolve) => {
            worker.once('exit', resolve)
            worker.postMessage({ close: true })
          })
        }),
      )
    },
  }
}

/** Nothing was looked at; the same cursor goes on. */
const notYet = ({ after }: Asked): Outcome => ({ places: [], next: after ?? null, all: false })
const unavailable = () => new Refusal('storage_unavailable', 'This cannot be searched just now. Try again.')
