import type { Scheduled } from '../../../protocol/scheduled.ts'
import type { ScheduledMessages } from '../scheduled.ts'
import type { Database, Row } from './database.ts'

export const toScheduled = (row: Row): Scheduled => ({
  id: String(row['id']),
  roomId: String(row['room_id']),
  body: String(row['body']),
  at: Number(row['at']),
  failed: row['failed'] === null ? null : String(row['failed']),
})

export const scheduledOf = (database: Database, personId: string): Scheduled[] =>
  database.all('SELECT * FROM scheduled WHERE person_id = ? ORDER BY at, id', personId).map(toScheduled)

type ScheduledReads = Pick<ScheduledMessages, 'list' | 'due' | 'nextDue'>

export function createScheduledReads(database: Database): ScheduledReads {
  return {
    list: async (personId) => scheduledOf(database, personId),
    due: async (now, limit) =>
      database
        .all('SELECT * FROM scheduled WHERE failed IS NULL AND at <= ? ORDER BY at, person_id, id LIMIT ?', now, limit)
        .map((row) => ({ ...toScheduled(row), personId: String(row['person_id']), key: String(row['key']) })),
    async nextDue() {
      const at = database.get('SELECT min(at) AS at FROM scheduled WHERE failed IS NULL')?.['at']
      return at == null ? null : Number(at)
    },
  }
}
