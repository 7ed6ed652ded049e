import type { Change, RoomChanges } from '../../../protocol/changes.ts'
import type { Person } from '../../../protocol/people.ts'
import type { Alone, Commit, Settings } from '../store.ts'
import { nameOf, revOf, spokenOf } from './changes.ts'
import type { Database } from './database.ts'
import { peopleById } from './queries.ts'

/** Where an operation says what it changed; one announcement is made of it per room and commit. */
export type Changes = {
  inRoom: (roomId: string, change: Change) => void
  person: (person: Person) => void
  place: (settings: Settings) => void
  /** It is no more. */
  session: (id: string) => void
  deletedRoom: (roomId: string) => void
  /** What is nobody else's to know. */
  alone: (told: Alone) => void
  /** What moderation means to them is another thing. */
  moderated: (personId: string) => void
  /** There are more or fewer reports to deal with. */
  reported: () => void
  /** A message is new. */
  sent: () => void
}

type Gathered = {
  rooms: Map<string, Change[]>
  people: Map<string, Person>
  /** The newest revision of people before these. */
  peopleBefore: number
  place: Settings | null
  sessions: string[]
  deletedRooms: string[]
  alone: Alone[]
  moderated: string[]
  reported: boolean
  sent: number
}

const nothing = (): Gathered => ({
  rooms: new Map(),
  people: new Map(),
  peopleBefore: Infinity,
  place: null,
  sessions: [],
  deletedRooms: [],
  alone: [],
  moderated: [],
  reported: false,
  sent: 0,
})

/** What the operations of one commit have changed so far, each of which may be undone before the next begins. */
export function createGathering(database: Database) {
  let gathered = nothing()

  const changes: Changes = {
    inRoom(roomId, change) {
      // Never in place: what was gathered before a command is still there when it is undone.
      gathered.rooms.set(roomId, [...(gathered.rooms.get(roomId) ?? []), change])
    },
    person(person) {
      gathered.people.set(person.id, person)
      // Every change of a person takes the next revision, and is told here.
      gathered.peopleBefore = Math.min(gathered.peopleBefore, person.rev - 1)
    },
    place: (settings) => (gathered.place = settings),
    session: (id) => gathered.sessions.push(id),
    deletedRoom: (roomId) => gathered.deletedRooms.push(roomId),
    alone: (told) => gathered.alone.push(told),
    moderated: (personId) => gathered.moderated.push(personId),
    reported: () => (gathered.reported = true),
    sent: () => gathered.sent++,
  }

  function changesOf(roomId: string, list: Change[]): Omit<RoomChanges, 'people'> {
    const revs = list.map(revOf)
    const newest = new Map(list.map((change) => [nameOf(change), change]))
    const changed = [...newest.values()].sort((a, b) => revOf(a) - revOf(b))
    return {
      roomId,
      after: Math.min(...revs) - 1,
      rev: Math.max(...revs),
      changes: changed,
    }
  }

  return {
    changes,
    begin: () => void (gathered = nothing()),
    /** Returns a function that forgets everything since. */
    mark(): () => void {
      const { rooms, people, sessions, deletedRooms, alone, moderated } = gathered
      const before = {
        ...gathered,
        rooms: new Map(rooms),
        people: new Map(people),
        sessions: [...sessions],
        deletedRooms: [...deletedRooms],
        alone: [...alone],
        moderated: [...moderated],
      }
      return () => (gathered = before)
    },
    /** How many messages are new. */
    sent: () => gathered.sent,
    /** Null if nothing is to be told. */
    commit(): Commit | null {
      const { people, peopleBefore, place, sessions, deletedRooms, alone, moderated, reported } = gathered
      // What happened in a room before it was deleted, in the same commit, is nobody's any more.
      const changed = [...gathered.rooms].flatMap(([roomId, list]) =>
        deletedRooms.includes(roomId) ? [] : [changesOf(roomId, list)],
      )
      const spoken = changed.map(({ changes }) => changes.flatMap(spokenOf))
      const spokenTo = new Map(peopleById(database, spoken.flat()).map((person) => [person.id, person]))
      const rooms = changed.map((one, i) => ({
        ...one,
        people: [...new Set(spoken[i])].flatMap((id) => spokenTo.get(id) ?? []),
      }))
      const lists = [rooms, sessions, deletedRooms, alone, moderated]
      if (lists.every((list) => list.length === 0) && people.size === 0 && !place && !reported) return null
      const known = [...people.values()]
      const rev = Math.max(...known.map((person) => person.rev))
      return {
        rooms,
        people: known.length > 0 ? { after: peopleBefore, rev, people: known } : null,
        place,
        sessions,
        deletedRooms,
        alone,
        moderated,
        reported,
      }
    },
  }
}
