import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises'
import { createClient } from 'redis'
import type { Log } from '../log.ts'
import { newNodeId, type Cluster } from './cluster.ts'

/** Redis that does not answer for so long is away. Milliseconds. */
const PATIENCE = 2_000
/** Between two questions whether it is there. Milliseconds. */
const BEAT = 1_000
/** Before it is asked again that could not be reached. Milliseconds. */
const AGAIN = 500
/** Whoever waits for what is kept waits no longer than that. Milliseconds. */
const WAIT = 1_000
/** So much may be on its way to Redis; what is told on top of it is lost. */
const UNANSWERED = 5_000
/** Until what was told last is on its way. Milliseconds. */
const LAST_WORDS = 300

class Away extends Error {
  constructor() {
    super('Redis does not answer.')
  }
}

/** Rejects when it takes longer. Who was kept from looking, and not from being answered, looks once more. */
async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  const late = new AbortController()
  const end = pause(milliseconds, undefined, { signal: late.signal, ref: false })
    .then(() => turn())
    .then(() => {
      throw new Away()
    })
  end.catch(() => {})
  try {
    return await Promise.race([answer, end])
  } finally {
    late.abort()
  }
}

/** Each connection is a new one: nothing of one that broke is carried into the next. */
const createConnection = (url: string) =>
  createClient({
    url,
    // Told and heard over one connection, which Redis can since its version 6.
    RESP: 3,
    socket: { reconnectStrategy: false, connectTimeout: PATIENCE },
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    disableClientInfo: true,
  })
type Connection = ReturnType<typeof createConnection>

/** Nodes that share a Redis: they publish to one another, and keep there what any of them may be asked for next. */
export function createCluster({ url, log }: { url: string; log: Log }): Cluster {
  const nodeId = newNodeId()
  const listeners = new Map<string, Set<(payload: string, nodeId: string) => void>>()
  const joining: (() => void)[] = []
  const counts = { told: 0, heard: 0, lost: 0 }
  const closed = new AbortController()
  let prefix = ''
  /** Null while it is away. */
  let connection: Connection | null = null
  let unanswered = 0

  function hearAll(message: string): void {
    const [from = '', channel = ''] = message.split(' ', 2)
    if (from === nodeId) return
    counts.heard++
    const payload = message.slice(from.length + channel.length + 2)
    for (const listener of listeners.get(channel) ?? []) {
      try {
        listener(payload, from)
      } catch (error) {
        log.error('not understood what another node told', { channel, error: String(error) })
      }
    }
  }

  /** Resolves when it is there no more, to why. */
  async function stay(mine: Connection, broken: Promise<unknown>): Promise<unknown> {
    for (;;) {
      const waited = pause(BEAT, undefined, { ref: false, signal: closed.signal }).catch(() => {})
      const error = await Promise.race([broken, waited])
      if (error !== undefined || closed.signal.aborted) return error
      try {
        await within(PATIENCE, mine.ping())
      } catch (late) {
        return late
      }
    }
  }

  /** Resolves when it could not be reached, or not any more, to why. */
  async function connect(reached: () => void): Promise<unknown> {
    const mine = createConnection(url)
    const broken = new Promise<unknown>((resolve) => {
      // Always listened to: an error that nobody hears would end the process.
      mine.on('error', resolve)
    })
    try {
      await within(PATIENCE, mine.connect())
      await within(PATIENCE, mine.subscribe(prefix, hearAll))
      connection = mine
      unanswered = 0
      reached()
      for (const listener of joining) listener()
      return await stay(mine, broken)
    } catch (error) {
      return error
    } finally {
      connection = null
      if (closed.signal.aborted) await within(LAST_WORDS, mine.close()).catch(() => {})
      mine.destroy()
    }
  }

  /** Tries for ever. What is wrong is said once, and once that it is well again. */
  async function run(settled: () => void): Promise<void> {
    let isAway = false
    while (!closed.signal.aborted) {
      const error = await connect(() => {
        if (isAway) log.info('redis is back')
        isAway = false
        settled()
      })
      if (closed.signal.aborted) break
      if (!isAway) log.warn('redis is away', { error: inShort(error) })
      isAway = true
      settled()
      await pause(AGAIN, undefined, { ref: false, signal: closed.signal }).catch(() => {})
    }
  }

  let running: Promise<void> | undefined

  /** Null where nobody answers in time. */
  async function ask<T>(question: (redis: Connection) => Promise<T>): Promise<T | null> {
    if (!connection) return null
    return within(WAIT, question(connection)).catch(() => null)
  }

  return {
    nodeId,
    join(placeId) {
      prefix = `natter:${placeId}`
      return new Promise((settled) => {
        running = run(settled)
      })
    },
    trouble: () =>
      connection ? null : 'Redis cannot be reached just now: the other nodes learn of what passes later.',
    tell(channel, payload) {
      if (!connection || unanswered >= UNANSWERED) {
        counts.lost++
        return
      }
      const mine = connection
      unanswered++
      mine
        .publish(prefix, `${nodeId} ${channel} ${payload}`)
        .then(
          () => counts.told++,
          () => counts.lost++,
        )
        .finally(() => {
          if (connection === mine) unanswered--
        })
    },
    hear(channel, listener) {
      const all = listeners.get(channel) ?? new Set()
      listeners.set(channel, all.add(listener))
      return () => void all.delete(listener)
    },
    onJoin: (listener) => void joining.push(listener),
    keep: async (key, text, lasting) =>
      (await ask((redis) => redis.set(`${prefix}:${key}`, text, { PX: lasting }))) !== null,
    take: (key) => ask((redis) => redis.getDel(`${prefix}:${key}`)),
    counts: () => ({ ...counts }),
    async close() {
      closed.abort()
      await running
    },
  }
}

const inShort = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error)
