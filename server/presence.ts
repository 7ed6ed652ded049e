import type { presenceRequests } from '../protocol/presence.ts'
import { end, enter, knownHere, own, settle, show, type Entry, type Known } from './presence/board.ts'
import { linkNodes, type Times } from './presence/nodes.ts'
import { choicesIn, type Handlers, type Listeners, type Place } from './socket/context.ts'

export const handlers: Handlers<typeof presenceRequests> = {
  async 'presence:set'({ me, place, socket }, { presence }) {
    const entry = place.board.entries.get(me.id)
    if (entry?.sockets.has(socket.id)) {
      entry.sockets.set(socket.id, presence)
      own(place, me.id)
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
    const entry = enter(place, me.id)
    entry.sockets.set(socket.id, 'here')
    own(place, me.id)
    settle(place, entry)
  },

  disconnected({ me, place, socket }) {
    const entry = place.board.entries.get(me.id)
    if (!entry?.sockets.delete(socket.id)) return
    own(place, me.id)
    settle(place, entry)
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

/** Carries who is here from node to node. Returns what says that this one ends. */
export function openPresence(place: Place, times?: Times): () => void {
  const { board, cluster } = place
  const { entries } = board

  /** What a node has said of these holds no longer. */
  function unsay(nodeId: string, personIds: Iterable<string>, then: (entry: Entry) => void): void {
    for (const personId of personIds) {
      const entry = entries.get(personId)
      if (entry?.elsewhere.delete(nodeId)) then(entry)
    }
  }
  const wait = (entry: Entry) => settle(place, entry)

  const nodes = linkNodes({
    cluster,
    mine() {
      const all = [...entries.keys()].map((id) => [id, knownHere(place, id)] as const)
      return new Map(all.flatMap(([id, known]) => (known ? [[id, known]] : [])))
    },
    hear(nodeId, people, whole) {
      for (const [personId, known] of people) {
        if (!known) continue
        const entry = enter(place, personId, whole)
        entry.elsewhere.set(nodeId, known)
        settle(place, entry)
      }
      unsay(nodeId, whole ? [...entries.keys()].filter((id) => !people.has(id)) : goneFrom(people), wait)
    },
    forget(nodeId, inOrder) {
      // Who was there has had their grace; and while nobody can be heard, nothing is known of them.
      const leave = (entry: Entry) =>
        board.isConnected(entry.personId) ? wait(entry) : end(place, entry, cluster.trouble() !== null)
      unsay(nodeId, [...entries.keys()], inOrder ? wait : leave)
    },
    times,
  })
  board.tellNodes = nodes.tell
  return nodes.close
}

const goneFrom = (people: ReadonlyMap<string, Known | null>): string[] =>
  [...people].flatMap(([id, known]) => (known === null ? [id] : []))
