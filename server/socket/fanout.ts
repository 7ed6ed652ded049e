import type { RoomChanges } from '../../protocol/changes.ts'
import type { Person } from '../../protocol/people.ts'
import type { Payload } from '../../protocol/index.ts'
import type { Alone, Commit } from '../store/store.ts'
import { hearingsOf } from './hearings.ts'
import { toldToMany } from './parser.ts'
import { everybody, personOf, roomOf, spokenOf, type Place } from './context.ts'

/**
 * Tells what commits changed. It is the store that calls this, in the order of its commits, so nothing is announced before
 * it is durable and a room's revisions arrive in order, whichever handlers made them.
 */
export function createFanout(place: Place): (commit: Commit) => void {
  let untold: RoomChanges[] = []
  function tellUntold(): void {
    const rooms = untold
    untold = []
    tellRooms(place, rooms)
  }

  return (commit) => {
    const { rooms, people, sessions, deletedRooms, alone } = commit
    const isQuiet = changesNobody(commit)
    // Who hears of what came before is settled before it changes.
    if (!isQuiet) tellUntold()
    if (people) know(place, people.people)
    for (const changed of rooms) move(place, changed)
    untold.push(...rooms)
    if (isQuiet && commit.waited) queueMicrotask(tellUntold)
    else tellUntold()
    for (const roomId of deletedRooms) endRoom(place, roomId)
    if (people) place.io.to(everybody).emit('people:changed', people)
    for (const one of alone) tellAlone(place, one)
    if (sessions.length > 0) end(place, new Set(sessions))
  }
}

/** Everybody is who they were, and hears what they heard before. */
const changesNobody = ({ rooms, people, sessions, deletedRooms }: Commit): boolean =>
  !people &&
  sessions.length + deletedRooms.length === 0 &&
  rooms.every(({ changes }) => changes.every(({ type }) => type === 'message:changed'))

/**
 * One packet for each connection, whatever number of its rooms have changed: to write is most of the work. Of every room there is one
 * text, without a field that differs per member, and of everybody who hears of the same rooms the same packet.
 */
function tellRooms({ io }: Place, rooms: readonly RoomChanges[]): void {
  const [roomId, another] = new Set(rooms.map((changed) => changed.roomId))
  if (roomId !== undefined && another === undefined) io.to(roomOf(roomId)).emit('events', ...rooms)
  if (another === undefined) return
  const told = rooms.map((changed) => {
    toldToMany(changed)
    return [changed, io.sockets.adapter.rooms.get(roomOf(changed.roomId)) ?? []] as const
  })
  for (const { socketIds, told: changed } of hearingsOf(told)) io.to(socketIds).emit('events', ...changed)
}

function tellAlone({ io }: Place, { personId, event, payload }: Alone): void {
  // TypeScript sees a union of names and a union of payloads, not that each belongs to the other.
  io.to(personOf(personId)).emit(event as 'settings:changed', payload as Payload<'settings:changed'>)
}

/**
 * What somebody may do is asked of who they are: on all their connections, in the same turn, also of those that have fallen
 * behind. Whoever is gone has none any more, before anything else of that commit is told.
 */
function know({ io }: Place, people: readonly Person[]): void {
  const changed = new Map(people.map((person) => [person.id, person]))
  for (const socket of io.sockets.sockets.values()) {
    const person = changed.get(socket.data.me.id)
    // What another node did may arrive after what was done later.
    if (!person || person.rev < socket.data.me.rev) continue
    socket.data.me = person
    if (!person.gone) continue
    if (!socket.data.tutorial) socket.emit('people:removed', {})
    socket.disconnect(true)
  }
}

/** Who is not signed in any more is connected no more. */
function end({ io }: Place, sessions: ReadonlySet<string>): void {
  for (const socket of io.sockets.sockets.values()) {
    if (sessions.has(socket.data.sessionId)) socket.disconnect(true)
  }
}

/** Who joined hears the room from here on, who left hears nothing more: in the same turn, on all their connections. */
function move(place: Place, { roomId, changes }: RoomChanges): void {
  for (const change of changes) {
    if (change.type !== 'member:changed') continue
    const { personId, present } = change.member
    // Who is not connected yet is told of all their rooms when they are.
    if (!place.io.sockets.adapter.rooms.has(personOf(personId))) continue
    const sockets = place.io.in(personOf(personId))
    if (present) sockets.socketsJoin(roomOf(roomId))
    else {
      sockets.socketsLeave(roomOf(roomId))
      place.io.to(personOf(personId)).emit('room:left', { roomId })
    }
    settle(place, personId, roomId).catch((error: unknown) => {
      place.log.warn('joining not told', { personId, roomId, error: String(error) })
    })
  }
}

/** Everybody who heard it hears that it is no more, and nothing after that. */
function endRoom({ io }: Place, roomId: string): void {
  io.to(roomOf(roomId)).emit('room:left', { roomId })
  io.socketsLeave(roomOf(roomId))
}

/**
 * Whoever is in the room hears it, and is told of it. Of several nodes that tell of coming and going one may be late, so it is what
 * the store says that counts: it is asked after each of them, and answers in order.
 */
async function settle(place: Place, personId: string, roomId: string): Promise<void> {
  const mine = await place.store.rooms.mineOne(personId, roomId)
  const sockets = place.io.in(personOf(personId))
  if (!mine) return sockets.socketsLeave(roomOf(roomId))
  sockets.socketsJoin(roomOf(roomId))
  const people = await place.store.people.get(spokenOf(mine))
  place.io.to(personOf(personId)).emit('room:joined', { mine, people })
}
