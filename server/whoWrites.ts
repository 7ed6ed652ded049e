import { Refusal } from '../protocol/errors.ts'
import type { Room } from '../protocol/rooms.ts'

/** Nothing in an archived room changes. */
export function mustBeOpen({ archived }: Pick<Room, 'archived'>): void {
  if (archived) throw new Refusal('forbidden', 'This room is archived: it is there to be read.')
}

/** Whether somebody may write in a room that they are in. The store asks once more, in the transaction that writes. */
export function mustBeWritable(room: Pick<Room, 'archived' | 'whoWrites'>, manages: boolean): void {
  mustBeOpen(room)
  if (room.whoWrites === 'managers' && !manages)
    throw new Refusal('forbidden', 'This room is for moderators to write in.')
}
