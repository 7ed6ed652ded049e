import { EventEmitter } from 'node:events'
import { setTimeout as after } from 'node:timers/promises'
import type { Natter } from '../support/server.ts'
import type { Chance } from './chance.ts'
import { check, type Findings } from './checkers.ts'
import { createKeys } from './keys.ts'
import { serverFaults, strike, type Blow, type ServerFault } from './killers.ts'
import { networkFaults, trouble, type NetworkFault, type Weather } from './network.ts'
import type { Participant } from './participant.ts'
import { startRelay, type Relay } from './relay.ts'
import type { Subject } from './subject.ts'

export type Fault = ServerFault | NetworkFault
export const allFaults: Fault[] = [...serverFaults, ...(Object.keys(networkFaults) as NetworkFault[])]

export type OrdealOptions = {
  subject: Subject
  /** How long it goes on. Milliseconds. */
  time: number
  clients: number
  faults: readonly Fault[]
  /** Messages of all together in a second. */
  rate: number
  chance: Chance
  /** Hears now and then how far it is. */
  tell: (progress: Progress) => void
}

export type Progress = { elapsed: number; blows: number; sent: number; acked: number; deliveries: number }

export type Report = {
  seconds: number
  blows: Blow[]
  /** Milliseconds from the server's return until one participant had everything, of those whose network was calm. */
  recoveries: number[]
  findings: Findings
  /** Who did not come to rest: connected, nothing waiting, nothing missing. */
  restless: number
}

type Seat = { participant: Participant; weather: Weather; relay: Relay }

/** Most participants who share one way to the server. */
const PER_RELAY = 20
/** Every so many milliseconds somebody may say something. */
const TICK = 10
/** More than this do not wait in one outbox: who is cut off for long does not talk to themselves. */
const WAITING = 4
/** After a blow everybody must have everything within this time, and at the end come to rest. Milliseconds. */
const PATIENCE = 60_000

/** Lets many talk through bad networks to a server that is killed again and again, and says what became of it. */
export async function endure({ subject, time, clients, faults, rate, chance, tell }: OrdealOptions): Promise<Report> {
  const natter = await subject.start()
  const keys = createKeys()
  const bell = new EventEmitter().setMaxListeners(0)
  const seats = await seat()
  const participants = seats.map(({ participant }) => participant)
  const since = performance.now()
  const isOver = () => performance.now() - since >= time
  const blows: Blow[] = []
  const recoveries: number[] = []

  async function seat(): Promise<Seat[]> {
    const relays: Relay[] = []
    const sitting: Promise<{ participant: Participant; relay: Relay }>[] = []
    for (let i = 0; i < clients; i++) {
      const relay = i % Math.ceil(clients / 50) === 0 ? await startRelay(natter.url, chance.random) : relays.at(-1)
      if (!relay) break
      if (!relays.includes(relay)) relays.push(relay)
      const options = { url: relay.url, name: `Person ${i}`, author: i + 1, keys, random: chance.fork().random }
      const polling = i % 4 === 3
      sitting.push(
        subject
          .enter({ ...options, polling, bell: (what) => void bell.emit(what) })
          .then((participant) => ({ participant, relay })),
      )
      // Not all at the door at once.
      if (i % PER_RELAY === PER_RELAY - 1) await Promise.all(sitting)
    }
    const mine = faults.filter((fault): fault is NetworkFault => fault in networkFaults)
    const weathers = new Map(relays.map((relay) => [relay, trouble(relay, mine, chance.fork())]))
    return (await Promise.all(sitting)).map((one) => ({ ...one, weather: weathers.get(one.relay) as Weather }))
  }

  async function talk(): Promise<void> {
    const probability = (rate * TICK) / 1_000 / clients
    while (!isOver()) {
      for (const one of participants) {
        if (!chance.happens(probability) || one.waiting() >= WAITING) continue
        if (one.revise && chance.happens(0.15)) one.revise(chance.happens(0.7) ? 'edit' : 'delete')
        else one.say()
      }
      await after(TICK)
    }
  }

  async function beat(): Promise<void> {
    const mine = faults.filter((fault): fault is ServerFault => serverFaults.some((one) => one === fault))
    while (mine.length > 0 && !isOver()) {
      const blow = await strike(natter, chance.pick(mine), bell, chance)
      blows.push(blow)
      if (blow.fault !== 'stop') recoveries.push(...(await recover(blow.backAt)))
    }
  }

  /** Waits until everybody whose network is calm has everything again. Resolves to how long each took. */
  async function recover(backAt: number): Promise<number[]> {
    const took = new Map<Participant, number>()
    const isCounted = ({ participant, weather }: Seat) => took.has(participant) || !weather.wasCalmSince(backAt)
    while (!seats.every(isCounted) && performance.now() - backAt < PATIENCE) {
      await after(5)
      for (const { participant, weather } of seats) {
        const at = participant.syncedAt()
        if (at > backAt && !took.has(participant) && weather.wasCalmSince(backAt)) took.set(participant, at - backAt)
      }
    }
    return [...took.values()]
  }

  const ticking = setInterval(() => {
    const sum = (count: (one: Participant) => number) => participants.reduce((total, one) => total + count(one), 0)
    tell({
      elapsed: performance.now() - since,
      blows: blows.length,
      sent: sum((one) => one.sent()),
      acked: sum((one) => one.acked.size),
      deliveries: sum(({ ledger }) => ledger.shown()),
    })
  }, 1_000)
  await Promise.all([talk(), beat()])
  const seconds = (performance.now() - since) / 1_000
  await Promise.all([...new Set(seats.map(({ weather }) => weather))].map((weather) => weather.calm()))
  const { stored, restless } = await rest(subject, natter, participants, keys)
  clearInterval(ticking)
  const findings = check(stored, participants)

  for (const { leave } of participants) leave()
  await Promise.all([...new Set(seats.map(({ relay }) => relay))].map((relay) => relay.close()))
  await natter.stop()
  return { seconds, blows, recoveries, findings, restless }
}

/** Waits until nothing is on its way any more. Resolves to what is stored then, and to how many had not come to rest. */
async function rest(
  subject: Subject,
  natter: Natter,
  participants: readonly Participant[],
  keys: ReturnType<typeof createKeys>,
) {
  const until = performance.now() + PATIENCE
  const isResting = (one: Participant, rev: number) =>
    one.waiting() === 0 && one.isSynced() && (one.screen?.().rev ?? rev) >= rev
  while (performance.now() < until && participants.some((one) => one.waiting() > 0)) await after(50)
  const { messages, rev } = await subject.stored(natter, keys)
  while (performance.now() < until && !participants.every((one) => isResting(one, rev))) await after(50)
  return { stored: messages, restless: participants.filter((one) => !isResting(one, rev)).length }
}
