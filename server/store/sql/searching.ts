import type { Worker } from 'node:worker_threads'
import { Refusal } from '../../../protocol/errors.ts'
import type { Asked, Outcome } from './searchReads.ts'
import type { Reply, Task } from './searchThread.ts'

/** People who wait for their turn; to more it is said that it is too much. */
const MOST = 100
/** Whoever searches is answered by then, also where the thread has only begun on a busy machine. Milliseconds. */
const DEADLINE = 8_000

type Job = { asked: Asked; resolve: (outcome: Outcome) => void; reject: (error: Error) => void }

type Options = {
  /** The thread, which hears by `ended` of the search that nobody waits for any more. */
  startThread: (ended: Int32Array) => Worker
  onTrouble: (error: unknown) => void
  onDamage: (reason: string) => void
}

/**
 * The other end of the searcher, on the main thread. Each person has one search at a time: a newer one takes the place of the
 * one that waits, and ends the one that runs.
 */
export function createSearching({ startThread, onTrouble, onDamage }: Options) {
  const waiting = new Map<string, Job>()
  const ended = new Int32Array(new SharedArrayBuffer(4))
  let running: { id: number; job: Job } | null = null
  let worker: Worker | null = null
  let count = 0
  let closing = false

  /** Made for the first search: most tests and some servers never need it. */
  function start(): Worker {
    const started = startThread(ended)
    started.on('message', (reply: Reply) => settle(reply))
    started.on('error', (error) => onTrouble(error))
    started.on('exit', () => {
      if (worker !== started) return
      worker = null
      const failed = running
      running = null
      failed?.job.reject(unavailable())
      next()
    })
    return started
  }

  function next(): void {
    const [first] = waiting
    if (running || !first || closing) return
    const [personId, job] = first
    waiting.delete(personId)
    const id = ++count
    running = { id, job }
    worker ??= start()
    worker.postMessage({ id, asked: job.asked } satisfies Task)
  }

  function settle(reply: Reply): void {
    if (running?.id !== reply.id) return
    const { job } = running
    running = null
    if ('outcome' in reply) job.resolve(reply.outcome)
    else if ('mistake' in reply) job.reject(new Error(reply.mistake))
    else {
      if (reply.damaged) onDamage(reply.trouble)
      else onTrouble(new Error(reply.trouble))
      job.reject(unavailable())
    }
    next()
  }

  async function search(asked: Asked): Promise<Outcome> {
    const { personId } = asked
    if (closing) throw unavailable()
    waiting.get(personId)?.resolve(notYet(asked))
    if (!waiting.has(personId) && waiting.size >= MOST)
      throw new Refusal('rate_limited', 'Many people are searching just now. Try again.', 1_000)
    if (running?.job.asked.personId === personId) Atomics.store(ended, 0, running.id)
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
      const last = worker
      if (!last) return
      if (running) Atomics.store(ended, 0, running.id)
      await new Promise((resolve) => {
        last.once('exit', resolve)
        last.postMessage({ close: true })
      })
    },
  }
}

/** Nothing was looked at; the same cursor goes on. */
const notYet = ({ after }: Asked): Outcome => ({ places: [], next: after ?? null, all: false })
const unavailable = () => new Refusal('storage_unavailable', 'This cannot be searched just now. Try again.')
