import { Refusal } from '../../../protocol/errors.ts'
import { PINS } from '../../../protocol/limits.ts'
import type { Message } from '../../../protocol/messages.ts'
import type { Pins } from '../pins.ts'
import { mustBeAllowedToWrite } from './authority.ts'
import type { Database, Row } from './database.ts'
import type { Changes } from './gathering.ts'
import { roomRowOf, toMessage } from './queries.ts'
import { mustTake } from './writable.ts'

const isFull = (database: Database, roomId: string): boolean =>
  Number(
    database.get('SELECT count(*) AS n FROM messages WHERE room_id = ? AND pinned_at IS NOT NULL', roomId)?.['n'],
  ) >= PINS

/** Who pinned a message, and when, as they stand on its row. */
export type Pinned = readonly [by: Row[string], at: Row[string]]

/** Where others were pinned meanwhile, there may be no room for it. */
export const pinPutBack = (database: Database, roomId: string, pinned: Pinned): Pinned =>
  pinned[1] !== null && isFull(database, roomId) ? [null, null] : pinned

/** What is pinned to a room. */
export function createPinOperations(database: Database, changes: Changes, nextRev: (roomId: string) => number) {
  function mustHaveRoom(roomId: string): void {
    if (isFull(database, roomId))
      throw new Refusal('forbidden', `A room has ${PINS} pinned messages at most: take one off first.`)
  }

  return {
    'pins.set'({ roomId, seq, on, by, looksAfter = false }: Parameters<Pins['set']>[0]): Message {
      mustBeAllowedToWrite(database, roomId, by)
      mustTake(roomRowOf(database, roomId), { personId: by, looksAfter })
      const known = database.get('SELECT * FROM messages WHERE room_id = ? AND seq = ? AND deleted = 0', roomId, seq)
      if (!known) throw new Refusal('not_found', 'No such message.')
      if ((known['pinned_at'] !== null) === on) return toMessage(known)
      if (on) mustHaveRoom(roomId)
      const row = database.get(
        'UPDATE messages SET pinned_by = ?, pinned_at = ?, rev = ? WHERE room_id = ? AND seq = ? RETURNING *',
        on ? by : null,
        on ? Date.now() : null,
        nextRev(roomId),
        roomId,
        seq,
      )
      const message = toMessage(row ?? known)
      changes.inRoom(roomId, { type: 'message:changed', message })
      return message
    },
  }
}
