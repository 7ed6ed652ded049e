import type { Previews } from '../previews.ts'
import type { Database } from './database.ts'

export function createPreviewReads(database: Database): Pick<Previews, 'wanted'> {
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
  }
}
