import { once, type EventEmitter } from 'node:events'
import { setTimeout as after } from 'node:timers/promises'
import type { Natter } from '../support/server.ts'
import type { Chance } from './chance.ts'

/** What became of one blow. */
export type Blow = {
  fault: ServerFault
  /** When it was gone, and when it was there again. Milliseconds, `performance.now()`. */
  goneAt: number
  backAt: number
  /** Milliseconds from its end, or its standstill, until then. */
  away: number
  /** Asked to end, it did something else than to end with 0 within 5 seconds. */
  rude: boolean
}

/** Promised to whoever stops a server. Milliseconds. */
const STOP_WITHIN = 5_000

const killers = {
  /** Without a warning; what has not reached the disk is lost. */
  async kill(natter: Natter) {
    await natter.kill('SIGKILL')
    const goneAt = performance.now()
    await natter.restart()
    return { goneAt, rude: false }
  },
  /** A standstill, mostly short, now and then longer than any heartbeat waits. */
  async stop(natter: Natter, chance: Chance) {
    natter.signal('SIGSTOP')
    const goneAt = performance.now()
    await after(chance.happens(0.05) ? chance.between(16_000, 30_000) : chance.between(100, 2_000))
    natter.signal('SIGCONT')
    return { goneAt, rude: false }
  },
  /** As whoever installs a newer version does. */
  async term(natter: Natter) {
    const since = performance.now()
    const code = await natter.kill('SIGTERM')
    const goneAt = performance.now()
    await natter.restart()
    return { goneAt, rude: code !== 0 || goneAt - since > STOP_WITHIN }
  },
}

export type ServerFault = keyof typeof killers
export const serverFaults = Object.keys(killers) as ServerFault[]

/** Waits for a moment that is worth it, strikes, and resolves when the server is there again. */
export async function strike(natter: Natter, fault: ServerFault, bell: EventEmitter, chance: Chance): Promise<Blow> {
  await moment(bell, chance)
  const { goneAt, rude } = await killers[fault](natter, chance)
  const backAt = performance.now()
  return { fault, goneAt, backAt, away: backAt - goneAt, rude }
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
