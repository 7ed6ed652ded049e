import type { Worker } from 'node:worker_threads'
import { Refusal } from '../../../protocol/errors.ts'
import type { createPostgresReads } from './reads.ts'
import type { Call, Reply } from './reader.ts'

/** Whoever reads is answered by then, whatever PostgreSQL does. Milliseconds. */
const DEADLINE = 5_000
/** So many calls wait for a thread at most; to more it is said that it is too much. */
const MOST = 10_000

type Reads = ReturnType<typeof createPostgresReads>
type Job = {
  call: Call
  resolve: (value: never) => void
  reject: (error: Error) => void
  timer: NodeJS.Timeout
  /** Gives its answer, as soon as there is one. */
  end?: () => void
}

type Options = {
  /** How a thread is started, the how manyeth of them. */
  startThread: (i: number) => Worker
  threads: number
  onTrouble: (error: unknown) => void
  onDamage: (reason: string) => void
}

/**
 * The other end of the threads that read, on the main thread. Each has one call at a time. Calls of one kind are answered in the
 * order in which they were made: what somebody asks for one after the other goes on one after the other.
 */
export function startReading({ startThread, threads, onTrouble, onDamage }: Options) {
  const waiting: Job[] = []
  const running = new Map<number, Job | null>()
  const workers = new Map<number, Worker>()
  const kinds = new Map<string, Job[]>()
  let count = 0
  let closing = false
  let told = ''

  function start(i: number): Worker {
    const worker = startThread(i)
    workers.set(i, worker)
    running.set(i, null)
    worker.on('message', (reply: Reply) => settle(i, reply))
    worker.on('error', onTrouble)
    worker.on('exit', () => {
      if (workers.get(i) !== worker) return
      workers.delete(i)
      const failed = running.get(i)
      running.delete(i)
      if (failed) finish(failed, () => failed.reject(unavailable()))
      if (!closing) next()
    })
    return worker
  }

  function next(): void {
    for (let i = 0; i < threads && waiting.length > 0; i++) {
      if (running.get(i)) continue
      const job = waiting.shift()
      if (!job) return
      const worker = workers.get(i) ?? start(i)
      running.set(i, job)
      worker.postMessage(job.call)
    }
  }

  const kindOf = ({ call: { group, name } }: Job) => `${group}.${name}`

  function finish(job: Job, end: () => void): void {
    clearTimeout(job.timer)
    job.end ??= end
    const all = kinds.get(kindOf(job)) ?? []
    while (all[0]?.end) all.shift()?.end?.()
    if (all.length === 0) kinds.delete(kindOf(job))
  }

  function settle(i: number, reply: Reply): void {
    const job = running.get(i)
    running.set(i, null)
    if (job?.call.id === reply.id) finish(job, () => answer(job, reply))
    next()
  }

  function answer({ resolve, reject }: Job, reply: Reply): void {
    if ('value' in reply) {
      told = ''
      resolve(reply.value as never)
    } else if ('refusal' in reply) reject(new Refusal(reply.refusal.code, reply.refusal.message))
    else if ('mistake' in reply) reject(new Error(reply.mistake))
    else {
      if (reply.damaged) onDamage(reply.trouble)
      else if (told !== reply.trouble) onTrouble(new Error(reply.trouble))
      told = reply.trouble
      reject(unavailable())
    }
  }

  function call(group: string, name: string, values: unknown[]): Promise<never> {
    return new Promise((resolve, reject) => {
      if (closing || waiting.length >= MOST) return reject(unavailable())
      const job: Job = {
        call: { id: ++count, group, name, values },
        resolve,
        reject,
        timer: setTimeout(() => {
          const place = waiting.indexOf(job)
          if (place >= 0) waiting.splice(place, 1)
          finish(job, () => reject(unavailable()))
        }, DEADLINE),
      }
      waiting.push(job)
      const all = kinds.get(kindOf(job)) ?? []
      kinds.set(kindOf(job), all)
      all.push(job)
      next()
    })
  }

  async function readsOf(): Promise<Reads> {
    const names: Record<string, string[]> = await call('own', 'names', [])
    const groups = Object.entries(names).map(([group, all]) => {
      const calls = all.map((name) => [name, (...values: unknown[]) => call(group, name, values)])
      return [group, Object.fromEntries(calls)]
    })
    return Object.fromEntries(groups) as Reads
  }

  return {
    /** All that can be read, as the threads say themselves. */
    reads: readsOf,
    async close(): Promise<void> {
      closing = true
      for (const job of waiting.splice(0)) finish(job, () => job.reject(unavailable()))
      await Promise.all(
        [...workers.values()].map(
          (worker) =>
            new Promise((resolve) => {
              worker.once('exit', resolve)
              worker.postMessage({ close: true })
            }),
        ),
      )
    },
  }
}

const unavailable = () => new Refusal('storage_unavailable', 'This cannot be read just now. Try again.')
