import { EventEmitter } from 'node:events'
import { setTimeout as after } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import type { Stored } from './checkers.ts'
import { createKeys } from './keys.ts'
import { alwaysCalm, trouble, type NetworkFault, type Weather } from './network.ts'
import type { Participant } from './participant.ts'
import { startRelay, type Dealt } from './relay.ts'
import { comeToRest } from './rest.ts'
import type { Site } from './site.ts'
import type { Subject } from './subject.ts'

export type Seat = { participant: Participant; weather: Weather }

/** Many who talk with each other, each through a network that is troubled. */
export type Crowd = {
  seats: readonly Seat[]
  participants: readonly Participant[]
  /** Rings `sent` and `shown`. */
  bell: EventEmitter
  /** How often the network has done something to anybody's connection. */
  dealt: (what: keyof Dealt) => number
  /** Somebody says something, or changes what they said, so many times a second, until it is over. */
  talk: (rate: number, isOver: () => boolean) => Promise<void>
  /** Ends the trouble and waits until nothing is on its way any more. Resolves to what is stored, and to how many found no rest. */
  rest: () => Promise<{ stored: Stored[]; restless: number }>
  leave: () => Promise<void>
}

export type CrowdOptions = {
  clients: number
  faults: readonly NetworkFault[]
  /** Of what is done: changes of what was said before. The rest are new messages. */
  revisions: number
  chance: Chance
}

/** More would be more than one process can watch over: then several people share one way to the server. */
const RELAYS = 50
/** So many come in at a time. */
const AT_THE_DOOR = 20
/** Every so many milliseconds somebody may say something. */
const TICK = 10
/** More than this do not wait in one outbox: who is cut off for long does not talk to themselves. */
const WAITING = 4
/** At the end all must come to rest within this time. Longer than a silence takes to be noticed. Milliseconds. */
const PATIENCE = 60_000

export async function gather(
  subject: Subject,
  { natters }: Pick<Site, 'natters'>,
  options: CrowdOptions,
): Promise<Crowd> {
  const { clients, faults, revisions, chance } = options
  const keys = createKeys()
  const bell = new EventEmitter().setMaxListeners(0)
  const urls = natters.map(({ url }) => url)
  const [first = ''] = urls
  // A network without faults needs nobody to make them, and one server nobody who shares people out.
  const ways = faults.length === 0 && urls.length === 1 ? 0 : Math.min(clients, RELAYS)
  const relays = await Promise.all(Array.from({ length: ways }, (_, i) => startRelay(inTurn(i), chance.random)))
  const participants: Participant[] = []
  while (participants.length < clients) {
    const coming = Math.min(AT_THE_DOOR, clients - participants.length)
    participants.push(...(await Promise.all(Array.from({ length: coming }, (_, i) => comeIn(participants.length + i)))))
  }

  /** All of them, each time another one first. */
  function inTurn(i: number): string[] {
    const at = i % urls.length
    return [...urls.slice(at), ...urls.slice(0, at)]
  }

  function comeIn(i: number): Promise<Participant> {
    return subject.enter({
      url: relays[i % ways]?.url ?? first,
      name: `Person ${i + 1}`,
      author: i + 1,
      keys,
      random: chance.fork().random,
      // Every fourth is behind a proxy that lets no WebSocket through.
      polling: i % 4 === 3,
      bell: (what) => void bell.emit(what),
    })
  }
  // While people come in, the network is calm.
  const weathers = relays.map((relay) => trouble(relay, faults, chance.fork()))
  const seats = participants.map((participant, i) => ({ participant, weather: weathers[i % ways] ?? alwaysCalm }))

  return {
    seats,
    participants,
    bell,
    dealt: (what) => relays.reduce((sum, { dealt }) => sum + dealt[what], 0),
    async talk(rate, isOver) {
      const probability = (rate * TICK) / 1_000 / clients
      while (!isOver()) {
        for (const one of participants) {
          if (!chance.happens(probability) || one.waiting() >= WAITING) continue
          if (one.revise && chance.happens(revisions)) one.revise(chance.happens(0.7) ? 'edit' : 'delete')
          else one.say()
        }
        await after(TICK)
      }
    },
    async rest() {
      await Promise.all(weathers.map((weather) => weather.calm()))
      const { stored, restless } = await comeToRest(participants, () => subject.stored(first, keys), PATIENCE)
      return { stored: stored.messages, restless }
    },
    async leave() {
      for (const { leave } of participants) leave()
      await Promise.all(relays.map((relay) => relay.close()))
    },
  }
}
