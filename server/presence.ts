import type { Presence, presenceRequests } from '../protocol/presence.ts'
import { choicesIn, everybody, roomOf, type Handlers, type Listeners, type Place } from './socket/context.ts'

/**
 * What happens to many at once, after a restart or when a lesson begins, is told together: so packets grow with the people, and
 * not with their square. Milliseconds.
 */
const TOGETHER = 100

type Said = Exclude<Presence, 'busy'>
type Entry = { personId: string; sockets: Map<string, Said>; shown: Presence | null; leaving?: NodeJS.Timeout }

/** Who is here, over all their tabs and devices. Passing: nothing of it is stored. */
export type Board = {
  /** When this server started, by its monotonic clock: who comes back soon after had only lost the connection. */
  startedAt: number
  entries: Map<string, Entry>
  /** People who were made since the server started and have not come in yet: nobody returns who was never here. */
  newcomers: Set<string>
  /** Who is not to be disturbed, here or not, and until when: null for no end. As of the newest commit. */
  busy: Map<string, number | null>
  isBusy: (personId: string) => boolean
  /** What is about to be told. */
  news: {
    presence: Map<string, Presence | null>
    notices: { personId: string; kind: 'joined' | 'left' }[]
    timer?: NodeJS.Timeout | undefined
  }
  /** Everybody's presence by person. */
  shown: () => Record<string, Presence>
  close: () => void
}

export function createBoard(): Board {
  const entries = new Map<string, Entry>()
  const busy: Board['busy'] = new Map()
  const news: Board['news'] = { presence: new Map(), notices: [] }
  return {
    startedAt: performance.now(),
    entries,
    news,
    newcomers: new Set(),
    busy,
    isBusy(personId) {
      const until = busy.get(personId)
      return until === null || (until ?? 0) > Date.now()
    },
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

export const handlers: Handlers<typeof presenceRequests> = {
  async 'presence:set'({ me, place, socket }, { presence }) {
    const entry = place.board.entries.get(me.id)
    if (entry?.sockets.has(socket.id)) {
      entry.sockets.set(socket.id, presence)
      show(place, entry)
    }
    return {}
  },
  async 'presence:busy'({ me, store }, { milliseconds }) {
    if (milliseconds === 0) return store.settings.change(me.id, { busy: null })
    const until = milliseconds === null ? null : Date.now() + milliseconds
    return store.settings.change(me.id, { busy: { until } })
  },
}

export const listeners: Listeners = {
  connected({ me, place, socket }) {
    const { board, config } = place
    let entry = board.entries.get(me.id)
    if (!entry) {
      entry = { personId: me.id, sockets: new Map(), shown: null }
      board.entries.set(me.id, entry)
      const returned = performance.now() - board.startedAt < config.GRACE_MS && !board.newcomers.has(me.id)
      board.newcomers.delete(me.id)
      if (!returned) notice(place, me.id, 'joined')
    }
    clearTimeout(entry.leaving)
    entry.sockets.set(socket.id, 'here')
    show(place, entry)
  },

  disconnected({ me, place, socket }) {
    const entry = place.board.entries.get(me.id)
    if (!entry?.sockets.delete(socket.id)) return
    if (entry.sockets.size > 0) return show(place, entry)
    // A reload, a tunnel, a restart: within the grace nobody has left.
    clearTimeout(entry.leaving)
    entry.leaving = setTimeout(() => end(place, entry), place.config.GRACE_MS)
    entry.leaving.unref()
  },

  committed(place, commit) {
    const { board } = place
    const { rooms, people } = commit
    for (const { personId, chosen } of choicesIn(commit)) {
      if (chosen.busy) board.busy.set(personId, chosen.busy.until)
      else board.busy.delete(personId)
      const entry = board.entries.get(personId)
      if (entry) show(place, entry)
    }
    if (!people) return
    for (const { id } of people.people.filter(({ gone }) => gone)) {
      const entry = board.entries.get(id)
      if (entry) end(place, entry)
    }
    // Whoever is new is made and put into a room in one commit. Of others who are changed in both, one notice too many is told at worst.
    const made = new Set(people.people.map(({ id }) => id))
    for (const { changes } of rooms) {
      for (const change of changes) {
        if (change.type !== 'member:changed' || !change.member.present) continue
        if (made.has(change.member.personId) && !board.entries.has(change.member.personId))
          board.newcomers.add(change.member.personId)
      }
    }
  },
}

/** They are not here any more: since the grace is over, or at once. */
function end(place: Place, entry: Entry): void {
  clearTimeout(entry.leaving)
  place.board.entries.delete(entry.personId)
  entry.sockets.clear()
  show(place, entry)
  notice(place, entry.personId, 'left')
}

/** Tells everybody if what the person's tabs say together is another thing than before. */
function show(place: Place, entry: Entry): void {
  const said = [...entry.sockets.values()]
  const present = said.includes('here') ? 'here' : said.length > 0 ? 'away' : null
  const presence = present && place.board.isBusy(entry.personId) ? 'busy' : present
  if (presence === entry.shown) return
  entry.shown = presence
  place.board.news.presence.set(entry.personId, presence)
  tellSoon(place)
}

function notice(place: Place, personId: string, kind: 'joined' | 'left'): void {
  place.board.news.notices.push({ personId, kind })
  tellSoon(place)
}

function tellSoon(place: Place): void {
  const { news } = place.board
  news.timer ??= setTimeout(() => {
    news.timer = undefined
    tell(place).catch((error: unknown) => place.log.warn('coming and going not told', { error: String(error) }))
  }, TOGETHER).unref()
}

async function tell({ board: { news }, io, store }: Place): Promise<void> {
  const presence = Object.fromEntries(news.presence)
  const notices = news.notices.splice(0)
  news.presence.clear()
  if (Object.keys(presence).length > 0) io.to(everybody).emit('presence:changed', { presence })
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
