import type { Saved } from '../saved.ts'
import type { Database } from './database.ts'
import { position } from './forYouReads.ts'
import { bodyLength, fitting } from './pages.ts'
import { toMessage } from './queries.ts'

export function createSavedReads(database: Database): Pick<Saved, 'list'> {
  return {
    async list({ personId, after, limit }) {
      const rows = database.all(
        `SELECT m.*, s.at AS kept_at FROM saved s JOIN messages m ON m.room_id = s.room_id AND m.seq = s.seq AND m.deleted = 0
         WHERE s.person_id = ? AND (s.at, s.room_id, s.seq) < (?, ?, ?)
         ORDER BY s.at DESC, s.room_id DESC, s.seq DESC LIMIT ?`,
        personId,
        ...position(after),
        limit + 1,
      )
      const messages = fitting(rows.slice(0, limit).map(toMessage), bodyLength)
      const last = rows[messages.length - 1]
      const next = rows.length > messages.length && last ? `${last['kept_at']} ${last['room_id']} ${last['seq']}` : null
      return { messages, next }
    },
  }
}
