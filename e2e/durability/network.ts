import { setTimeout as after } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import { flap, isEvent, type Dealt, type Relay } from './relay.ts'

type Trouble = (relay: Relay, chance: Chance) => Promise<void> | void

/** What a network does to the connections of one relay, each for a moment. */
export const networkFaults = {
  reset: (relay) => relay.reset(),
  half: (relay, chance) => relay.halve(chance.pick(['up', 'down'])),
  /** Nobody hears anything any more, and only heartbeats find out. */
  silence(relay, chance) {
    for (const { faults } of relay.links) faults.silent = chance.pick(['up', 'down', 'both'])
  },
  async delay(relay, chance) {
    Object.assign(relay.faults, { delay: chance.between(0, 100), jitter: chance.between(0, 100) })
    await after(chance.between(300, 2_000))
  },
  async flap(relay, chance) {
    const time = { up: chance.between(10, 200), down: chance.between(10, 200) }
    await flap(relay, time, AbortSignal.timeout(chance.whole(300, 1_500)))
  },
  /** What is announced gets lost by chance. What is answered does not: that takes a request's whole time to find out. */
  async swallow(relay, chance) {
    relay.faults.swallow = (packet) => isEvent(packet) && packet.includes('"events"') && chance.happens(0.3)
    await after(chance.between(300, 2_000))
  },
} satisfies Record<string, Trouble>

export type NetworkFault = keyof typeof networkFaults

/** What shows that a fault has bitten. */
export const bites: Record<NetworkFault, keyof Dealt> = {
  reset: 'reset',
  half: 'halved',
  silence: 'silenced',
  delay: 'delayed',
  flap: 'refused',
  swallow: 'swallowed',
}

export type Weather = {
  /** No trouble now, and none since then. Milliseconds, `performance.now()`. */
  wasCalmSince: (since: number) => boolean
  /** Ends the trouble that is on, and resolves when it has ended. Who has gone silent still has to find out. */
  calm: () => Promise<void>
}

export const alwaysCalm: Weather = { wasCalmSince: () => true, calm: async () => {} }

/** Troubles a relay with one fault after the other, with a pause between them. */
export function trouble(relay: Relay, faults: readonly NetworkFault[], chance: Chance): Weather {
  let stopping = faults.length === 0
  let lastTrouble = 0
  const isTroubled = () => [...relay.links].some(({ faults: { silent } }) => silent)
  const ended = (async () => {
    while (!stopping) {
      await after(chance.between(200, 3_000))
      if (stopping) break
      lastTrouble = Infinity
      await networkFaults[chance.pick(faults)](relay, chance)
      relay.calm()
      lastTrouble = performance.now()
    }
  })()
  return {
    wasCalmSince: (since) => lastTrouble < since && !isTroubled(),
    async calm() {
      stopping = true
      await ended
      relay.calm()
    },
  }
}
