import type { Previews } from '../previews.ts'
import type { Database } from './database.ts'

export function createPreviewReads(database: Database): Pick<Previews, 'wanted' | 'unasked'> {
  return {
    async wanted(roomId, seq) {
      const row = database.get(
        `SELECT preview ->> '$.url' AS url FROM messages
         WHERE room_id = ? AND seq = ? AND preview <> '' AND preview ->> '$.at' IS NULL`,
        roomId,
        seq,
      )
      return row?.['url'] == null ? null : String(row['url'])
    },

    async unasked(limit) {
      const rows = database.all(
        `SELECT m.room_id, m.seq, m.author_id FROM messages m JOIN rooms r ON r.id = m.room_id
         WHERE m.preview <> '' AND m.preview ->> '$.url' IS NOT NULL AND m.preview ->> '$.at' IS NULL
           AND r.kind <> 'deleted' AND r.previews = 1
         ORDER BY m.sent_at DESC, m.seq DESC LIMIT ?`,
        limit,
      )
      return rows.map((row) => ({
        roomId: String(row['room_id']),
        seq: Number(row['seq']),
        authorId: String(row['author_id']),
      }))
    },
  }
}
