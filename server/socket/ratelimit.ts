import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '../../protocol/errors.ts'
import { SEARCHES } from '../../protocol/limits.ts'
import type { Config } from '../config.ts'

/** Nobody changes how they look more often than that, per minute. */
const PICTURES = 10

/** More files than this nobody begins to send, per minute. */
const UPLOADS = 60

/** Reports per person and ten minutes: enough for whoever sees a bad evening, too few to bury those who read them. */
const REPORTS = 20

/** Per person and ten seconds: as fast as somebody clicks who means it. */
const REACTIONS = 60

/** Pages that are asked because of what one person writes, per minute. */
const PREVIEWS = 30

export type Limits = {
  /** Counts one request. Rejects with `rate_limited` and the milliseconds to wait. */
  take: (
    kind:
      | 'messages'
      | 'rooms'
      | 'requests'
      | 'joins'
      | 'pictures'
      | 'reports'
      | 'reactions'
      | 'searches'
      | 'uploads'
      | 'previews',
    who: string,
  ) => Promise<void>
}

export function createLimits(config: Config): Limits {
  const limiters = {
    messages: new RateLimiterMemory({ points: config.LIMIT_MESSAGES, duration: 10 }),
    rooms: new RateLimiterMemory({ points: config.LIMIT_ROOMS, duration: 60 }),
    requests: new RateLimiterMemory({ points: config.LIMIT_REQUESTS, duration: 10 }),
    reactions: new RateLimiterMemory({ points: REACTIONS, duration: 10 }),
    reports: new RateLimiterMemory({ points: REPORTS, duration: 600 }),
    searches: new RateLimiterMemory({ points: SEARCHES, duration: 10 }),
    joins: new RateLimiterMemory({ points: config.LIMIT_JOINS, duration: 60 }),
    previews: new RateLimiterMemory({ points: PREVIEWS, duration: 60 }),
    pictures: new RateLimiterMemory({ points: PICTURES, duration: 60 }),
    uploads: new RateLimiterMemory({ points: UPLOADS, duration: 60 }),
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
