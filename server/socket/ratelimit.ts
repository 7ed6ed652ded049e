import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '../../protocol/errors.ts'
import type { Config } from '../config.ts'

export type Limits = {
  /** Counts one request. Rejects with `rate_limited` and the milliseconds to wait. */
  take: (kind: 'messages' | 'rooms' | 'requests' | 'joins', who: string) => Promise<void>
}

export function createLimits(config: Config): Limits {
  const limiters = {
    messages: new RateLimiterMemory({ points: config.LIMIT_MESSAGES, duration: 10 }),
    rooms: new RateLimiterMemory({ points: config.LIMIT_ROOMS, duration: 60 }),
    requests: new RateLimiterMemory({ points: config.LIMIT_REQUESTS, duration: 10 }),
    joins: new RateLimiterMemory({ points: config.LIMIT_JOINS, duration: 60 }),
  }
  return {
    async take(kind, who) {
      try {
        await limiters[kind].consume(who)
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error
        // The clock of the machine may have been set back by hours meanwhile; nobody waits longer than the rule says.
        const wait = Math.min(Math.max(1, error.msBeforeNext), limiters[kind].duration * 1000)
        throw new Refusal('rate_limited', `That was a lot at once. Go on in ${Math.ceil(wait / 1000)} s.`, wait)
      }
    },
  }
}
