import type { Message } from '../../../protocol/messages.ts'
import { FOUND, type Previews } from '../previews.ts'
import { noMessage } from './authority.ts'
import type { Database, Row } from './database.ts'
import { storedPreview, TAKEN_AWAY } from './linked.ts'
import { mentionsOf, toMessage } from './queries.ts'
import { leaveTraces } from './traces.ts'

type Parts = {
  nextRev: (roomId: string) => number
  changed: (row: Row | undefined, former?: readonly string[]) => Message
}

/** What messages tell of the pages that they link to. */
export function createPreviewOperations(database: Database, { nextRev, changed }: Parts) {
  function write(row: Row, preview: string): Message {
    const roomId = String(row['room_id'])
    return changed(
      database.get(
        'UPDATE messages SET preview = ?, rev = ? WHERE room_id = ? AND seq = ? RETURNING *',
        preview,
        nextRev(roomId),
        roomId,
        Number(row['seq']),
      ),
      mentionsOf(row),
    )
  }

  return {
    'previews.remove'({ roomId, seq }: Parameters<Previews['remove']>[0]): Message {
      const row = database.get('SELECT * FROM messages WHERE room_id = ? AND seq = ? AND deleted = 0', roomId, seq)
      if (!row) throw noMessage()
      const message = toMessage(row)
      if (!message.preview) return message
      leaveTraces(database)
      return write(row, TAKEN_AWAY)
    },

    'previews.found'({ url, site, title, at }: Parameters<Previews['found']>[0]): void {
      const preview = storedPreview({ url, site, ...(title !== null && { title }), at })
      const wanting = database.all(
        `SELECT m.* FROM messages m JOIN rooms r ON r.id = m.room_id
         WHERE m.preview <> '' AND m.preview ->> '$.url' = ? AND m.preview ->> '$.at' IS NULL AND r.kind <> 'deleted' AND r.previews = 1
         ORDER BY m.sent_at DESC LIMIT ${FOUND}`,
        url,
      )
      for (const row of wanting) {
        if (title !== null) write(row, preview)
        else
          database.run(
            'UPDATE messages SET preview = ? WHERE room_id = ? AND seq = ?',
            preview,
            String(row['room_id']),
            Number(row['seq']),
          )
      }
    },
  }
}
