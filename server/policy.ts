import { Refusal } from '../protocol/errors.ts'
import type { Room } from '../protocol/rooms.ts'
import type { Store } from './store/store.ts'

/** Rooms you are not in look exactly like rooms that do not exist. */
export async function mustBeMember(store: Store, me: { id: string }, roomId: string): Promise<void> {
  if (!(await store.rooms.hasMember(roomId, me.id))) throw new Refusal('not_found', 'No such room.')
}

/** A message is its author's to change, for as long as they are in the room. */
export async function mustBeAuthor(
  store: Store,
  me: { id: string },
  { roomId, seq }: { roomId: string; seq: number },
): Promise<void> {
  await mustBeMember(store, me, roomId)
  const message = await store.messages.get(roomId, seq)
  if (!message) throw new Refusal('not_found', 'No such message.')
  if (message.authorId !== me.id) throw new Refusal('forbidden', 'Only who wrote a message may change it.')
}

/** What may be read without being in it: public rooms are there to be looked into before joining. */
export async function mustBeVisible(store: Store, me: { id: string }, roomId: string): Promise<Room> {
  const room = await store.rooms.get(roomId)
  if (!room || (room.kind !== 'public' && !(await store.rooms.hasMember(roomId, me.id)))) {
    throw new Refusal('not_found', 'No such room.')
  }
  return room
}
