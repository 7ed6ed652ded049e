import { createHash } from 'node:crypto'
import { Refusal } from '../../../protocol/errors.ts'
import type { Message } from '../../../protocol/messages.ts'
import type { Store } from '../store.ts'
import type { Database, Row } from './database.ts'
import type { Changes } from './operations.ts'
import { toMessage } from './queries.ts'
import { leaveTraces } from './tidying.ts'

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

export const noRoom = () => new Refusal('not_found', 'No such room.')
const noMessage = () => new Refusal('not_found', 'No such message.')

/** What changes messages: sent, edited, deleted. */
export function createMessageOperations(database: Database, changes: Changes, nextRev: (roomId: string) => number) {
  function messageAt(roomId: string, seq: number): Row {
    const row = database.get('SELECT * FROM messages WHERE room_id = ? AND seq = ?', roomId, seq)
    if (!row) throw noMessage()
    return row
  }

  /** The message as this row has it now, to be announced. */
  function changed(row: Row | undefined): Message {
    if (!row) throw new Error('What was written is a row.')
    const message = toMessage(row)
    changes.inRoom(message.roomId, { type: 'message:changed', message })
    return message
  }

  return {
    'messages.append'(draft: Parameters<Store['messages']['append']>[0]): Message {
      const { roomId, authorId, key, body, owner = authorId } = draft
      const known = database.get('SELECT * FROM messages WHERE owner = ? AND key = ?', owner, key)
      if (known) {
        const same = known['sent_hash'] === null ? known['body'] === body : known['sent_hash'] === hashOf(body)
        if (known['room_id'] === roomId && (same || known['deleted'] === 1)) return toMessage(known)
        throw new Refusal('conflict', 'This message was already sent with another text.')
      }
      const now = Date.now()
      const head = database.get('UPDATE rooms SET seq = seq + 1, active_at = ? WHERE id = ? RETURNING seq', now, roomId)
      if (!head) throw noRoom()
      const row = database.get(
        'INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, 0, NULL) RETURNING *',
        roomId,
        Number(head['seq']),
        nextRev(roomId),
        authorId,
        owner,
        key,
        body,
        now,
      )
      const message = changed(row)
      // Whoever writes in a room has read it up to there.
      database.run(
        'UPDATE members SET read_up_to = ? WHERE room_id = ? AND person_id = ? AND present = 1',
        message.seq,
        roomId,
        authorId,
      )
      return message
    },

    'messages.edit'({ roomId, seq, body }: Parameters<Store['messages']['edit']>[0]): Message {
      const known = messageAt(roomId, seq)
      if (known['deleted'] === 1) throw noMessage()
      if (known['body'] === body) return toMessage(known)
      leaveTraces(database)
      return changed(
        database.get(
          `UPDATE messages SET body = ?, edited_at = ?, sent_hash = coalesce(sent_hash, ?), rev = ?
           WHERE room_id = ? AND seq = ? RETURNING *`,
          body,
          Date.now(),
          hashOf(String(known['body'])),
          nextRev(roomId),
          roomId,
          seq,
        ),
      )
    },

    'messages.remove'({ roomId, seq }: Parameters<Store['messages']['remove']>[0]): Message {
      const known = messageAt(roomId, seq)
      if (known['deleted'] === 1) return toMessage(known)
      leaveTraces(database)
      return changed(
        database.get(
          `UPDATE messages SET body = '', edited_at = NULL, sent_hash = NULL, deleted = 1, rev = ?
           WHERE room_id = ? AND seq = ? RETURNING *`,
          nextRev(roomId),
          roomId,
          seq,
        ),
      )
    },
  }
}
