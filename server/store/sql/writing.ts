import type { Worker } from 'node:worker_threads'
import type { Batch, Commit } from '../store.ts'
import { monotonicNow } from './clock.ts'
import type { Write } from './assemble.ts'
import { reasonOf, type Tell } from './database.ts'
import type { GivenUp } from './rounds.ts'
import { createWaiting, unavailable } from './waiting.ts'
import type { Command, Done, Refused, Reply, Round } from './committing.ts'

/** Before a writer that has ended is started again, and between looks at whether the disk works again. Milliseconds. */
const AGAIN = 1_000

/**
 * As long as a commit is on its way what comes gathers on this side, but no longer than this: behind a slow disk, and in a process
 * that gets little of its machine, each round of the event loop hands on what it has. Milliseconds.
 */
const GATHERING = 50

export type WritingOptions = {
  /** The thread that writes. `again`: the one before it has ended. */
  startThread: (starting: { again: boolean; givenUp: GivenUp }) => Worker
  /** Is told first of what was made durable, and says when it is told to everybody: now, or in a moment. */
  onDone?: (done: Done, proceed: () => void) => void
  onTrouble: (error: unknown) => void
  /** What was damaged is damaged for good: told once, and kept by whoever listens. */
  onDamage: (reason: string) => void
  tell: Tell
}

/**
 * The other end of the writer, on the main thread, which never waits for the disk. A writer that is late or gone costs those
 * who ask a refusal that they may repeat; as soon as the disk works again, so does this, without anybody writing.
 */
export async function startWriting(options: WritingOptions) {
  const { startThread, onDone = (_, proceed) => proceed(), onTrouble, onDamage, tell } = options
  const listeners = new Set<(commit: Commit) => void>()
  const batchListeners = new Set<(batch: Batch) => void>()
  const waiting = createWaiting(() => {
    late = true
    troubled('the disk does not answer')
  })
  let closing = false
  let late = false
  let trouble: string | null = null
  let worker: Worker | null = null
  let starting: Promise<void> | null = null
  let look: NodeJS.Timeout | undefined
  /** What goes to the writer next, all together. */
  let gathered: Command[] = []
  let sending: NodeJS.Immediate | undefined
  let busy = false
  let sentAt = 0
  const mayWait = () => busy && monotonicNow() - sentAt < GATHERING

  /** Resolves to how durable the writer works. */
  async function start(again = false): Promise<string> {
    const started = startThread({ again, givenUp: waiting.givenUp })
    let reason = 'The writer has ended.'
    return new Promise((resolve, reject) => {
      started.on('error', (error) => (reason = String(error)))
      started.on('exit', () => {
        reject(new Error(reason))
        if (worker === started) gone(reason)
      })
      started.on('message', (reply: Reply) => {
        if ('told' in reply) tell(reply.told, reply.facts)
        if ('failed' in reply) reason = reply.failed
        if ('ready' in reply) {
          worker = started
          busy = false
          resolve(reply.ready)
        }
        if ('results' in reply) committed(reply)
        if ('refused' in reply) failed(reply)
        if ('results' in reply || 'refused' in reply) done()
      })
    })
  }

  function committed(done: Done): void {
    late = false
    waiting.stored()
    if (done.stored !== null && trouble !== null) {
      trouble = null
      tell('storing again', {})
    }
    onDone(done, () => announce(done))
  }

  function announce({ results, commit, stored }: Done): void {
    // First what happened, then the answers: whoever was answered finds their message announced.
    if (commit) tellAll(commit)
    if (stored) for (const listener of batchListeners) attempt(listener, stored)
    for (const result of results) waiting.settle(result)
  }

  function tellAll(commit: Commit): void {
    for (const listener of listeners) attempt(listener, commit)
  }

  function failed({ refused, trouble: reason, damaged }: Refused): void {
    late = false
    troubled(reason)
    if (damaged) onDamage(reason)
    for (const id of refused) waiting.refuse(id)
  }

  /**
   * Told to a thousand, a commit takes longer than the disk took for it. What arrived meanwhile is read first, in the next round
   * of the event loop, and goes to the disk together.
   */
  function done(): void {
    const quick = mayWait()
    busy = false
    if (gathered.length > 0) sending ??= setImmediate(quick ? () => (sending = setImmediate(send)) : send)
  }

  function send(): void {
    sending = undefined
    if (mayWait() || !worker || gathered.length === 0) return
    const commands = gathered
    gathered = []
    try {
      worker.postMessage({ commands } satisfies Round)
      busy = true
      sentAt = monotonicNow()
    } catch (error) {
      // Something that cannot be handed to a thread: a mistake of ours, of which nobody should have to wait for the end.
      for (const { id } of commands) waiting.fail(id, new Error(reasonOf(error)))
    }
  }

  function gone(reason: string): void {
    worker = null
    gathered = []
    late = false
    waiting.refuseAll()
    if (closing) return
    troubled(reason)
    setTimeout(restart, AGAIN).unref()
  }

  function restart(): void {
    if (closing) return
    starting = start(true).then(
      () => {},
      (error: unknown) => {
        troubled(reasonOf(error))
        setTimeout(restart, AGAIN).unref()
      },
    )
  }

  /** Told once, not with every message that it costs. */
  function troubled(reason: string): void {
    if (trouble !== reason) onTrouble(new Error(reason))
    trouble = reason
    look ??= setTimeout(probe, AGAIN).unref()
  }

  /** Whether the disk works again shows when something is written. */
  function probe(): void {
    look = undefined
    if (trouble === null || closing) return
    look = setTimeout(probe, AGAIN).unref()
    void write('probe').catch(() => {})
  }

  function attempt<T>(listener: (told: T) => void, told: T): void {
    try {
      listener(told)
    } catch (error) {
      onTrouble(error)
    }
  }

  const write: Write = (operation, ...values) =>
    new Promise((resolve, reject) => {
      // What is late may wait behind the disk for long: more of it would only be kept in memory.
      if (closing || !worker || late) return reject(unavailable())
      gathered.push({ id: waiting.add({ resolve, reject }), operation, values })
      // Not yet: what else arrives in this turn costs no fsync more.
      if (!mayWait()) sending ??= setImmediate(send)
    })

  const durability = await start()
  return {
    durability,
    write,
    listeners,
    /** Tells of a commit that another one has written. */
    tellAll,
    /** Whether something is being written just now. */
    isWriting: () => busy,
    batchListeners,
    /** Why nothing can be stored just now. */
    trouble: () => trouble,
    /** Lets in nothing more, and resolves when what was on its way is answered. */
    async finish(): Promise<void> {
      closing = true
      await starting
      await waiting.end()
    },
    async close(): Promise<void> {
      closing = true
      const last = worker
      if (!last) return
      await new Promise((resolve) => {
        last.once('exit', resolve)
        last.postMessage({ close: true })
      })
    },
  }
}
