import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { z } from 'zod'
import { Refusal } from '../../protocol/errors.ts'
import { SEARCHES } from '../../protocol/limits.ts'
import { alone, type Cluster } from '../cluster/cluster.ts'
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

const KINDS = [
  'messages',
  'rooms',
  'requests',
  'joins',
  'pictures',
  'reports',
  'reactions',
  'searches',
  'uploads',
  'previews',
] as const
type Kind = (typeof KINDS)[number]

export type Limits = {
  /** Counts one request. Rejects with `rate_limited` and the milliseconds to wait. */
  take: (kind: Kind, who: string) => Promise<void>
}

/** What is counted within this time is told to other nodes together. Milliseconds. */
const TOGETHER = 50

/** What other nodes have let through: of which kind, by whom, and how often. */
const Told = z.array(z.tuple([z.enum(KINDS), z.string(), z.int().positive()]))

/**
 * Whoever is connected to several nodes has the limit once. Each node counts by itself what it lets through and tells the others, so
 * that nobody waits for an answer; where they cannot be told, the limit is one for each node. Requests that only ask are
 * far more than all others together, and cost only the node that answers them: of these each node counts its own.
 */
function shareCounts(limiters: Record<Kind, RateLimiterMemory>, cluster: Cluster) {
  const counted = new Map<string, [Kind, string, number]>()
  let timer: NodeJS.Timeout | undefined

  cluster.hear('limits', (payload) => {
    for (const [kind, who, times] of Told.parse(JSON.parse(payload))) void limiters[kind].penalty(who, times)
  })

  function tell(): void {
    timer = undefined
    cluster.tell('limits', JSON.stringify([...counted.values()]))
    counted.clear()
  }

  return (kind: Kind, who: string): void => {
    if (kind === 'requests') return
    const key = `${kind} ${who}`
    counted.set(key, [kind, who, (counted.get(key)?.[2] ?? 0) + 1])
    timer ??= setTimeout(tell, TOGETHER).unref()
  }
}

export function createLimits(config: Config, cluster: Cluster = alone()): Limits {
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
  const share = shareCounts(limiters, cluster)
  return {
    async take(kind, who) {
      try {
        await limiters[kind].consume(who)
        share(kind, who)
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error
        // The clock of the machine may have been set back by hours meanwhile; nobody waits longer than the rule says.
        const wait = Math.min(Math.max(1, error.msBeforeNext), limiters[kind].duration * 1000)
        throw new Refusal('rate_limited', `That was a lot at once. Go on in ${Math.ceil(wait / 1000)} s.`, wait)
      }
    },
  }
}
