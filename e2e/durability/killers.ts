import { once, type EventEmitter } from 'node:events'
import { setTimeout as after } from 'node:timers/promises'
import type { Natter } from '../support/server.ts'
import type { Chance } from './chance.ts'
import type { Site } from './site.ts'
import { holdsTransaction } from './transactions.ts'

/** What became of one blow. Moments are milliseconds, `performance.now()`. */
export type Blow = {
  fault: ServerFault
  /** When it was decided. Whoever lost a connection since then may have lost it by this. */
  at: number
  /** When it was gone, and when it was there again. */
  goneAt: number
  backAt: number
  /** Milliseconds from its end, or its standstill, until then. */
  away: number
  /** Asked to end, it did something else than to end with 0 within 5 seconds. */
  rude: boolean
}

/** Promised to whoever stops a server. Milliseconds. */
const STOP_WITHIN = 5_000
/** Longer than nodes wait for the locks of one that stands still. Milliseconds. */
const HELD = { least: 4_000, most: 9_000 }
/** So many standstills it takes at most until one of them is in the middle of a commit. */
const ATTEMPTS = 200

type Struck = { goneAt: number; rude: boolean }
type Killer = (site: Site, chance: Chance, count: number) => Promise<Struck>

async function term(natter: Natter): Promise<Struck> {
  const since = performance.now()
  const code = await natter.kill('SIGTERM')
  const goneAt = performance.now()
  await natter.restart()
  return { goneAt, rude: code !== 0 || goneAt - since > STOP_WITHIN }
}

async function standStill(natter: Natter, time: number): Promise<Struck> {
  natter.signal('SIGSTOP')
  const goneAt = performance.now()
  await after(time)
  natter.signal('SIGCONT')
  return { goneAt, rude: false }
}

function beside({ beside: services }: Site) {
  if (!services) throw new Error('There is nothing beside a server that is by itself.')
  return services
}

/** What happens to a server. */
const ofServers = {
  /** Without a warning; what has not reached the disk is lost. */
  async kill({ natters }, chance) {
    const natter = chance.pick(natters)
    await natter.kill('SIGKILL')
    const goneAt = performance.now()
    await natter.restart()
    return { goneAt, rude: false }
  },
  /** A standstill, mostly short, now and then longer than any heartbeat waits. */
  stop: ({ natters }, chance) =>
    standStill(
      chance.pick(natters),
      chance.happens(0.05) ? chance.between(16_000, 30_000) : chance.between(100, 2_000),
    ),
  /** As whoever installs a newer version does. */
  term: ({ natters }, chance) => term(chance.pick(natters)),
} satisfies Record<string, Killer>

/** What happens where there are several nodes, beside that. */
const ofNodes = {
  /** A newer version is installed: as `term`, one node after the other. */
  deploy: ({ natters }, _, count) => term(natters[count % natters.length] as Natter),
  /** A node stands still in the middle of a commit, and what it has locked with it. */
  async hold(site, chance) {
    const { postgres } = beside(site)
    const natter = chance.pick(site.natters)
    for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
      natter.signal('SIGSTOP')
      if (await holdsTransaction(postgres.url)) return standStill(natter, chance.between(HELD.least, HELD.most))
      natter.signal('SIGCONT')
      await after(chance.between(0, 20))
    }
    throw new Error('No node was met in the middle of a commit.')
  },
  async redis(site, chance) {
    const { redis } = beside(site)
    await redis.kill('SIGKILL')
    const goneAt = performance.now()
    await after(chance.between(500, 6_000))
    await redis.start()
    return { goneAt, rude: false }
  },
  async postgres(site, chance) {
    const { postgres } = beside(site)
    await postgres.kill('SIGKILL')
    const goneAt = performance.now()
    await after(chance.between(0, 6_000))
    await postgres.start()
    return { goneAt, rude: false }
  },
  /** A database that is there and does not answer. */
  async freeze(site, chance) {
    const { postgres } = beside(site)
    await postgres.kill('SIGSTOP')
    const goneAt = performance.now()
    await after(chance.between(1_000, 8_000))
    await postgres.kill('SIGCONT')
    return { goneAt, rude: false }
  },
} satisfies Record<string, Killer>

const killers = { ...ofServers, ...ofNodes }
export type ServerFault = keyof typeof killers
const namesOf = (of: Partial<typeof killers>) => Object.keys(of) as ServerFault[]
export const serverFaults = namesOf(ofServers)
export const nodeFaults = namesOf(ofNodes)
export const isServerFault = (name: string): name is ServerFault => name in killers
/** Nobody loses a connection by these alone. */
export const keepsConnections = (fault: ServerFault): boolean => !['kill', 'term', 'deploy'].includes(fault)

/** Waits for a moment that is worth it, strikes, and resolves when what was struck is there again. `count`: of those before it. */
export async function strike(
  site: Site,
  fault: ServerFault,
  { bell, chance, count }: { bell: EventEmitter; chance: Chance; count: number },
): Promise<Blow> {
  await moment(bell, chance)
  const at = performance.now()
  const { goneAt, rude } = await killers[fault](site, chance, count)
  const backAt = performance.now()
  return { fault, at, goneAt, backAt, away: backAt - goneAt, rude }
}

/**
 * Any moment; or just after a message was sent, before, in or after its commit; or as soon as somebody was told of a commit,
 * when most answers and announcements of it are still to come.
 */
async function moment(bell: EventEmitter, chance: Chance): Promise<void> {
  const kind = chance.pick(['any', 'sent', 'shown'] as const)
  if (kind === 'any') return
  await once(bell, kind, { signal: AbortSignal.timeout(1_000) }).catch(() => {})
  if (kind === 'sent') await after(chance.between(0, 4))
}
