import type { Socket } from 'node:net'
import type { NatterSocket } from './context.ts'

/** What may wait for a connection that does not read as fast as it is told things. */
const MOST_BYTES = 1024 * 1024
const MOST_PACKETS = 256
/** Whoever is behind is told nothing but answers, and let go at so many times as much. */
const FAR = 16
/** Something waits and nothing has been taken for so long. Milliseconds. */
const LONGEST = 10_000
/** Who has not read by then what was waiting is let go: coming back costs less than keeping it. Milliseconds. */
const PATIENCE = 60_000
/** How often one looks whether somebody who fell behind has read everything. Milliseconds. */
const LOOK = 100

export type Reader = {
  /** Nothing more is pushed to this connection; it will be told to catch up. */
  isBehind: () => boolean
  /** Until what was written before is on its way, or the connection has ended: an answer need not wait here, a page should. */
  keptUp: () => Promise<void>
  /** How many packets it was given. */
  packets: () => number
  /** What waits for it in Engine.IO. UTF-16 code units. */
  waiting: () => number
}

type Events = {
  /** Stop telling. */
  behind: () => void
  /** Everything was read: tell what was missed. */
  caughtUp: () => void
}

/**
 * What has waited for one connection leaves in one write, not in one for each packet: of what tells many rooms to a thousand people,
 * these writes are most of the work.
 */
function together(connection: Socket): void {
  connection.cork()
  process.nextTick(() => connection.uncork())
}

/**
 * Watches how fast a connection reads. Slow must never mean memory, nor loss: beyond a bound nothing more is pushed, and when
 * everything that waited has been read, what was missed is asked for like after any other absence.
 */
export function watchReader({ conn }: NatterSocket, events: Events): Reader {
  // What waits in Engine.IO. What it has handed on to the transport was waiting before, so it has the same bound.
  let packets = 0
  let bytes = 0
  let given = 0
  let movedAt = performance.now()
  let timer: NodeJS.Timeout | undefined
  let judged: NodeJS.Immediate | undefined
  const isTooMuch = () => packets > MOST_PACKETS || bytes > MOST_BYTES || performance.now() - movedAt > LONGEST

  conn.on('packetCreate', ({ data }: { data?: string }) => {
    if (conn.transport.writable) movedAt = performance.now()
    packets++
    given++
    bytes += data?.length ?? 0
    // What somebody is answered who asks on and on and does not read.
    if (timer !== undefined && (packets > FAR * MOST_PACKETS || bytes > FAR * MOST_BYTES)) return conn.close(true)
    if (timer !== undefined || judged !== undefined || !isTooMuch()) return
    // Many answers in one turn are no slowness: only after it can anybody have read.
    judged = setImmediate(() => {
      judged = undefined
      if (isTooMuch() && conn.readyState === 'open') fallBehind()
    })
  })
  conn.on('flush', (waited: unknown[]) => {
    if (waited.length > 1) together(conn.request.socket)
    packets = 0
    bytes = 0
    movedAt = performance.now()
  })
  conn.on('close', () => clearInterval(timer))

  function fallBehind(): void {
    const since = performance.now()
    events.behind()
    timer = setInterval(() => {
      if (conn.transport.writable && packets === 0) {
        clearInterval(timer)
        timer = undefined
        events.caughtUp()
      } else if (performance.now() - since > PATIENCE) conn.close(true)
    }, LOOK)
    timer.unref()
  }

  return {
    isBehind: () => timer !== undefined,
    packets: () => given,
    waiting: () => bytes,
    keptUp: () =>
      new Promise((resolve) => {
        if (conn.readyState !== 'open' || packets === 0) return resolve()
        const done = () => {
          conn.off('drain', done)
          conn.off('close', done)
          resolve()
        }
        conn.on('drain', done)
        conn.on('close', done)
      }),
  }
}
