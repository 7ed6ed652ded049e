import { setTimeout as after } from 'node:timers/promises'
import { check, type Findings, type Stored } from './checkers.ts'
import type { Chance } from './chance.ts'
import { gather, type Crowd, type Seat } from './crowd.ts'
import {
  isServerFault,
  keepsConnections,
  nodeFaults,
  serverFaults,
  strike,
  type Blow,
  type ServerFault,
} from './killers.ts'
import { bites, networkFaults, type NetworkFault } from './network.ts'
import type { Participant } from './participant.ts'
import { startSite } from './site.ts'
import type { Subject } from './subject.ts'

/** `clock`: the server's clock jumps by hours, back and forth. */
export type Fault = ServerFault | NetworkFault | 'clock'
/** `nodes`: so many servers serve the same people. */
export const faultsOf = (nodes: number): Fault[] => [
  ...serverFaults,
  ...(nodes > 1 ? nodeFaults : []),
  ...(Object.keys(networkFaults) as NetworkFault[]),
  'clock',
]

export type OrdealOptions = {
  subject: Subject
  /** It ends after so many milliseconds, messages and changes, or blows: whatever comes first. */
  until: { time: number; operations: number; blows: number }
  nodes: number
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
  /**
   * Milliseconds until one participant had everything again, of those whose network was calm: from the server's return, and where
   * there are others, from the moment in which the connection was lost.
   */
  recoveries: number[]
  findings: Findings
  /** How often each fault that was wanted has bitten. */
  dealt: Partial<Record<Fault, number>>
  /** What the database's own check says of it in the end: "ok", or what is wrong. */
  integrity: string
  /** Who did not come to rest: connected, nothing waiting, nothing missing. */
  restless: number
}

/** After a blow, so long is waited until all are back before the next one. Milliseconds. */
export const PATIENCE = 60_000

/** Lets many talk through bad networks to a server that is killed again and again, and says what became of it. */
export async function endure(options: OrdealOptions): Promise<Report> {
  const { subject, until, nodes, clients, faults, rate, revisions, pause, chance, tell } = options
  const site = await startSite(subject, nodes, { clockJumps: faults.includes('clock') })
  const crowd = await gather(subject, site, {
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
    const mine = faults.filter(isServerFault)
    while (mine.length > 0 && !isOver()) {
      await after(chance.between(0, pause))
      // Each once, so that none is left out of a short run; then by chance.
      const blow = await strike(site, mine[blows.length] ?? chance.pick(mine), {
        bell: crowd.bell,
        chance,
        count: blows.length,
      })
      blows.push(blow)
      if (!keepsConnections(blow.fault)) recoveries.push(...(await recover(crowd, blow, nodes > 1)))
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
  const integrity = await site.integrity()
  await site.stop()
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
 * Waits until everybody whose network is calm, and who was cut off, has everything again. Resolves to how long each took:
 * milliseconds, or Infinity for who did not. `others`: there are other servers that let them in.
 */
async function recover({ seats }: Crowd, { at, goneAt, backAt }: Blow, others: boolean): Promise<number[]> {
  const took = new Map<Participant, number>()
  const isCalm = ({ weather }: Seat) => weather.wasCalmSince(others ? at : backAt)
  const isHit = ({ participant }: Seat) => !others || participant.cutAt() >= at
  const isOut = (seat: Seat) => took.has(seat.participant) || !isCalm(seat) || !isHit(seat)
  do {
    await after(5)
    for (const seat of seats) {
      const { participant } = seat
      const [cut, synced] = [participant.cutAt(), participant.syncedAt()]
      // Whoever knocks all the time may be in before the server has said that it listens.
      if (isOut(seat) || synced <= (others ? cut : goneAt)) continue
      took.set(participant, others ? synced - cut : Math.max(0, synced - backAt))
    }
  } while (!seats.every(isOut) && performance.now() - backAt < PATIENCE)
  const late = seats.filter((seat) => !isOut(seat)).map(() => Infinity)
  return [...took.values(), ...late]
}
