import { Refusal } from '../../../protocol/errors.ts'
import { monotonicNow } from './clock.ts'
import type { Result } from './committing.ts'
import type { GivenUp } from './rounds.ts'

/** Whoever writes is answered by then, whatever the disk does. Milliseconds. */
const DEADLINE = 4_000
/** Behind many others, as long as these are stored one after the other. Milliseconds. */
const IN_LINE = 8_000

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void; since: number }

/** Those who wait for something to be written, the oldest first. `onLate` hears of each for whom it took too long, before they are refused. */
export function createWaiting(onLate: () => void) {
  const waiting = new Map<bigint, Waiting>()
  const givenUp: GivenUp = new BigInt64Array(new SharedArrayBuffer(8))
  let count = 0n
  let storedAt = -Infinity
  let expiry: NodeJS.Timeout | undefined
  let atRest = () => {}

  function take(id: bigint): Waiting | undefined {
    const one = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) atRest()
    return one
  }

  const refuse = (id: bigint) => take(id)?.reject(unavailable())

  function expire(): void {
    expiry = undefined
    const now = monotonicNow()
    for (const [id, { since }] of waiting) {
      const until = Math.max(since + DEADLINE, Math.min(since + IN_LINE, storedAt + DEADLINE))
      if (until > now) {
        expiry = setTimeout(expire, until - now)
        return
      }
      onLate()
      Atomics.store(givenUp, 0, id)
      refuse(id)
    }
  }

  return {
    givenUp,
    /** Returns the id under which it is answered. */
    add({ resolve, reject }: Pick<Waiting, 'resolve' | 'reject'>): bigint {
      waiting.set(++count, { resolve, reject, since: monotonicNow() })
      expiry ??= setTimeout(expire, DEADLINE)
      return count
    },
    refuse,
    refuseAll(): void {
      for (const id of waiting.keys()) refuse(id)
    },
    fail: (id: bigint, error: Error) => take(id)?.reject(error),
    settle(result: Result): void {
      const one = take(result.id)
      if (!one) return
      if ('value' in result) one.resolve(result.value as never)
      else if ('refusal' in result) {
        const { code, message, retryAfter } = result.refusal
        one.reject(new Refusal(code, message, retryAfter))
      } else one.reject(new Error(result.mistake))
    },
    /** To be told that what stood before them is stored. */
    stored: () => void (storedAt = monotonicNow()),
    /** Resolves when all are answered. */
    async end(): Promise<void> {
      if (waiting.size > 0) await new Promise<void>((resolve) => (atRest = resolve))
      clearTimeout(expiry)
    },
  }
}

export const unavailable = () =>
  new Refusal('storage_unavailable', 'The message could not be stored just now. Try again.')
