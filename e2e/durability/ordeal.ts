import { setTimeout as after } from 'node:timers/promises'
import { check, type Findings, type Stored } from './checkers.ts'
import type { Chance } from './chance.ts'
import { gather, type Crowd } from './crowd.ts'
import { serverFaults, strike, type Blow, type ServerFault } from './killers.ts'
import { bites, networkFaults, type NetworkFault } from './network.ts'
import type { Participant } from './participant.ts'
import type { Subject } from './subject.ts'

/** `clock`: the server's clock jumps by hours, back and forth. */
export type Fault = ServerFault | NetworkFault | 'clock'
export const allFaults: Fault[] = [...serverFaults, ...(Object.keys(networkFaults) as NetworkFault[]), 'clock']

export type OrdealOptions = {
  subject: Subject
  /** It ends after so many milliseconds, messages and changes, or blows: whatever comes first. */
  until: { time: number; operations: number; blows: number }
  clients: number
  faults: readonly Fault[]
  /** Messages and changes of all together in a second. */
  rate: number
  /** How much of that are changes. */
  revisions: number
  /** Most milliseconds between the server's return and the next blow. */
  pause: number
  chance: Chance
  /** Hears every second how far it is. */
  tell: (progress: Progress) => void
}

export type Progress = { elapsed: number; blows: number; sent: number; acked: number; deliveries: number }

export type Report = {
  seconds: number
  blows: Blow[]
  /** Milliseconds from the server's return until one participant had everything, of those whose network was calm. */
  recoveries: number[]
  findings: Findings
  /** How often each fault that was wanted has bitten. */
  dealt: Partial<Record<Fault, number>>
  /** What SQLite's own check says of the database in the end: "ok", or what is wrong. */
  integrity: string
  /** Who did not come to rest: connected, nothing waiting, nothing missing. */
  restless: number
}

/** After a blow, so long is waited until all are back before the next one. Milliseconds. */
export const PATIENCE = 60_000

/** Lets many talk through bad networks to a server that is killed again and again, and says what became of it. */
export async function endure(options: OrdealOptions): Promise<Report> {
  const { subject, until, clients, faults, rate, revisions, pause, chance, tell } = options
  const natter = await subject.start({ clockJumps: faults.includes('clock') })
  const crowd = await gather(subject, natter, {
    clients,
    revisions,
    chance,
    faults: faults.filter((fault): fault is NetworkFault => fault in networkFaults),
  })
  const since = performance.now()
  const blows: Blow[] = []
  const recoveries: number[] = []
  const progress = (): Progress => {
    const sum = (count: (one: Participant) => number) =>
      crowd.participants.reduce((total, one) => total + count(one), 0)
    return {
      elapsed: performance.now() - since,
      blows: blows.length,
      sent: sum((one) => one.sent()),
      acked: sum((one) => one.acked.size),
      deliveries: sum(({ ledger }) => ledger.shown()),
    }
  }
  const operations = () => crowd.participants.reduce((total, one) => total + one.sent() + one.revised(), 0)
  const isOver = () =>
    performance.now() - since >= until.time || blows.length >= until.blows || operations() >= until.operations

  async function beat(): Promise<void> {
    const mine = faults.filter((fault): fault is ServerFault => serverFaults.some((one) => one === fault))
    while (mine.length > 0 && !isOver()) {
      await after(chance.between(0, pause))
      const blow = await strike(natter, chance.pick(mine), crowd.bell, chance)
      blows.push(blow)
      if (blow.fault !== 'stop') recoveries.push(...(await recover(crowd, blow)))
    }
  }

  const ticking = setInterval(() => tell(progress()), 1_000)
  await Promise.all([crowd.talk(rate, isOver), beat()])
  const seconds = (performance.now() - since) / 1_000
  const { stored, restless } = await crowd.rest()
  clearInterval(ticking)
  const findings = check(stored, crowd.participants)
  await crowd.leave()
  const dealt = Object.fromEntries(faults.map((fault) => [fault, dealtBy(fault)]))
  await natter.kill('SIGTERM')
  const integrity = await subject.integrity(natter.dir)
  await natter.stop()
  return { seconds, blows, recoveries, findings, dealt, integrity, restless }

  function dealtBy(fault: Fault): number {
    if (fault === 'clock') return jumpsIn(stored)
    if (fault in bites) return crowd.dealt(bites[fault as NetworkFault])
    return blows.filter((blow) => blow.fault === fault).length
  }
}

/** Milliseconds. Nobody was silent for so long. */
const HOUR = 3_600_000

/** How often the server's clock stood elsewhere than it had before. */
const jumpsIn = (stored: readonly Stored[]): number =>
  stored.filter(({ sentAt }, i) => Math.abs(sentAt - (stored[i - 1]?.sentAt ?? sentAt)) >= HOUR).length

/**
 * Waits until everybody whose network is calm has everything again. Resolves to how long each took: milliseconds, or Infinity
 * for who did not.
 */
async function recover({ seats }: Crowd, { goneAt, backAt }: Blow): Promise<number[]> {
  const took = new Map<Participant, number>()
  const isOut = (seat: Crowd['seats'][number]) => took.has(seat.participant) || !seat.weather.wasCalmSince(backAt)
  while (!seats.every(isOut) && performance.now() - backAt < PATIENCE) {
    await after(5)
    for (const { participant, weather } of seats) {
      // Whoever knocks all the time may be in before the server has said that it listens.
      const at = participant.syncedAt()
      if (at <= goneAt || took.has(participant) || !weather.wasCalmSince(backAt)) continue
      took.set(participant, Math.max(0, at - backAt))
    }
  }
  const late = seats.filter((seat) => !isOut(seat)).map(() => Infinity)
  return [...took.values(), ...late]
}
