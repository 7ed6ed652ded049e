import type { Presence } from '../../protocol/presence.ts'
import { neighbourhoodFrom } from '../socket/address.ts'
import { everybody, roomOf, type Place } from '../socket/context.ts'
import { createTold, type Told } from './told.ts'

/**
 * What happens to many at once, after a restart or when a lesson begins, is told together: so packets grow with the people, and
 * not with their square. Milliseconds, and as many more for each who is here: to tell a thousand takes ten.
 */
const TOGETHER = 100
const EACH = 0.2

/** What a tab knows of its person. */
export type Said = Exclude<Presence, 'busy'>
/** What a node knows of somebody's connections to it, taken together: which rooms they look at, and from which addresses. */
export type Known = { said: Said; looking: string[]; from: string[] }
export type Entry = {
  personId: string
  /** By connection to this node. */
  sockets: Map<string, Said>
  /** By node, what the others know. */
  elsewhere: Map<string, Known>
  shown: Presence | null
  leaving?: NodeJS.Timeout
}

/** Who is here, over all their tabs and devices, and all nodes. Passing: nothing of it is stored. */
export type Board = {
  /** When this server started, by its monotonic clock: who comes back soon after had only lost the connection. */
  startedAt: number
  entries: Map<string, Entry>
  /** People who were made since the server started and have not come in yet: nobody returns who was never here. */
  newcomers: Set<string>
  /** Who is not to be disturbed, here or not, and until when: null for no end. As of the newest commit. */
  busy: Map<string, number | null>
  isBusy: (personId: string) => boolean
  isConnected: (personId: string) => boolean
  /** What is about to be told. `own`: of whom other nodes may have to be told by this one. */
  news: {
    presence: Map<string, Presence | null>
    notices: { personId: string; kind: 'joined' | 'left' }[]
    own: Set<string>
    timer?: NodeJS.Timeout | undefined
  }
  /** Tells other nodes of these, as far as they do not know it. Null for who has no connection to this node. */
  tellNodes: (people: Map<string, Known | null>) => void
  /** Everybody's presence by person. */
  shown: () => Record<string, Presence>
  /** The same for those who come. */
  told: Told
  close: () => void
}

export function createBoard(): Board {
  const entries = new Map<string, Entry>()
  const busy: Board['busy'] = new Map()
  const news: Board['news'] = { presence: new Map(), notices: [], own: new Set() }
  return {
    startedAt: performance.now(),
    entries,
    news,
    told: createTold(entries),
    newcomers: new Set(),
    busy,
    isBusy(personId) {
      const until = busy.get(personId)
      return until === null || (until ?? 0) > Date.now()
    },
    isConnected(personId) {
      const entry = entries.get(personId)
      return entry !== undefined && entry.sockets.size + entry.elsewhere.size > 0
    },
    tellNodes: () => {},
    shown() {
      const all: Record<string, Presence> = Object.create(null)
      for (const { personId, shown } of entries.values()) if (shown) all[personId] = shown
      return all
    },
    close() {
      clearTimeout(news.timer)
      for (const { leaving } of entries.values()) clearTimeout(leaving)
    },
  }
}

/** The most present counts. */
function together(said: Iterable<Said>): Said | null {
  let most: Said | null = null
  for (const one of said) if (most !== 'here') most = one
  return most
}

/** Null for who has no connection to this node. */
export function knownHere({ board, io, config }: Place, personId: string): Known | null {
  const here = board.entries.get(personId)?.sockets
  const said = together(here?.values() ?? [])
  if (!here || !said) return null
  const sockets = [...here.keys()].flatMap((id) => io.sockets.sockets.get(id) ?? [])
  const looking = new Set(sockets.flatMap(({ data }) => data.lookingAt ?? []))
  const from = new Set(sockets.map(({ request }) => neighbourhoodFrom(request, config)))
  return { said, looking: [...looking], from: [...from] }
}

/** By each other node to which they are connected. */
export const knownElsewhere = ({ board }: Place, personId: string): Known[] => [
  ...(board.entries.get(personId)?.elsewhere.values() ?? []),
]

/** Their entry; a new one with a notice, unless they were here before. `quietly`: they had come before that was known here. */
export function enter(place: Place, personId: string, quietly = false): Entry {
  const { board, config } = place
  const known = board.entries.get(personId)
  if (known) return known
  const entry: Entry = { personId, sockets: new Map(), elsewhere: new Map(), shown: null }
  board.entries.set(personId, entry)
  const isNew = board.newcomers.delete(personId)
  const returned = quietly || performance.now() - board.startedAt < config.GRACE_MS
  if (isNew || !returned) notice(place, personId, 'joined')
  return entry
}

/** Something was said of them: shows it, if it is another thing than before, or waits whether they come back. */
export function settle(place: Place, entry: Entry): void {
  clearTimeout(entry.leaving)
  if (place.board.isConnected(entry.personId)) return show(place, entry)
  // A reload, a tunnel, a restart: within the grace nobody has left.
  entry.leaving = setTimeout(() => end(place, entry), place.config.GRACE_MS)
  entry.leaving.unref()
}

/** They are not here any more: since the grace is over, or at once. */
export function end(place: Place, entry: Entry, quietly = false): void {
  clearTimeout(entry.leaving)
  place.board.entries.delete(entry.personId)
  entry.sockets.clear()
  entry.elsewhere.clear()
  own(place, entry.personId)
  show(place, entry)
  if (!quietly) notice(place, entry.personId, 'left')
}

/** Tells everybody if what the person's tabs say together is another thing than before. */
export function show(place: Place, entry: Entry): void {
  const elsewhere = [...entry.elsewhere.values()].map(({ said }) => said)
  const present = together([...entry.sockets.values(), ...elsewhere])
  const presence = present && place.board.isBusy(entry.personId) ? 'busy' : present
  if (presence === entry.shown) return
  entry.shown = presence
  place.board.told.changed(entry.personId)
  place.board.news.presence.set(entry.personId, presence)
  tellSoon(place)
}

/** What this node says of somebody may be another thing than before. */
export function own(place: Place, personId: string): void {
  place.board.news.own.add(personId)
  tellSoon(place)
}

function notice(place: Place, personId: string, kind: 'joined' | 'left'): void {
  place.board.news.notices.push({ personId, kind })
  tellSoon(place)
}

function tellSoon(place: Place): void {
  const { news, entries } = place.board
  news.timer ??= setTimeout(
    () => {
      news.timer = undefined
      tell(place).catch((error: unknown) => place.log.warn('coming and going not told', { error: String(error) }))
    },
    TOGETHER + EACH * entries.size,
  ).unref()
}

async function tell(place: Place): Promise<void> {
  const { board, io, store } = place
  const { news, told } = board
  const presence = Object.fromEntries(news.presence)
  const presenceAt = told.now()
  const notices = news.notices.splice(0)
  const known = [...news.own].map((id) => [id, knownHere(place, id)] as const)
  news.presence.clear()
  news.own.clear()
  if (Object.keys(presence).length > 0) io.to(everybody).emit('presence:changed', { presenceAt, presence })
  if (known.length > 0) board.tellNodes(new Map(known))
  if (notices.length === 0) return
  const [people, room] = await Promise.all([
    store.people.get(notices.map(({ personId }) => personId)),
    store.rooms.default(),
  ])
  const byId = new Map(people.map((person) => [person.id, person]))
  io.to(roomOf(room.id)).emit('presence:notice', {
    roomId: room.id,
    notices: notices.flatMap(({ personId, kind }) => {
      const person = byId.get(personId)
      return person ? [{ person, kind }] : []
    }),
  })
}
