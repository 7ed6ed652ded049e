import type { RoomChanges } from '../../protocol/messages.ts'
import type { Commit } from '../store/store.ts'
import { everybody, personOf, roomOf, spokenOf, type Place } from './context.ts'

/**
 * Tells what a commit changed. It is the store that calls this, in the order of its commits, so nothing is announced before
 * it is durable and a room's revisions arrive in order, whichever handlers made them.
 */
export function announce(place: Place, { rooms, people }: Commit): void {
  for (const changed of rooms) {
    move(place, changed)
    // One packet per room and commit, without a field that differs per member: Socket.IO encodes it once.
    place.io.to(roomOf(changed.roomId)).emit('events', changed)
  }
  if (people) place.io.to(everybody).emit('people:changed', people)
}

/** Who joined hears the room from here on, who left hears nothing more: in the same turn, on all their connections. */
function move(place: Place, { roomId, changes }: RoomChanges): void {
  for (const change of changes) {
    if (change.type !== 'member:changed') continue
    const { personId, present } = change.member
    const sockets = place.io.in(personOf(personId))
    if (present) {
      sockets.socketsJoin(roomOf(roomId))
      joined(place, personId, roomId).catch((error: unknown) => {
        place.log.warn('joining not told', { personId, roomId, error: String(error) })
      })
    } else {
      sockets.socketsLeave(roomOf(roomId))
      place.io.to(personOf(personId)).emit('room:left', { roomId })
    }
  }
}

async function joined(place: Place, personId: string, roomId: string): Promise<void> {
  const mine = await place.store.rooms.mineOne(personId, roomId)
  if (!mine) return
  const people = await place.store.people.get(spokenOf(mine))
  place.io.to(personOf(personId)).emit('room:joined', { mine, people })
}
