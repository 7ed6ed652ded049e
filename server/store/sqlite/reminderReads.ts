import type { Reminders } from '../reminders.ts'
import type { Database } from './database.ts'
import { toMessage } from './queries.ts'

type ReminderReads = Pick<Reminders, 'list' | 'due' | 'nextDue'>

export function createReminderReads(database: Database): ReminderReads {
  return {
    list: async (personId) =>
      database
        .all(
          `SELECT m.*, r.at AS remind_at, r.due AS remind_due
           FROM reminders r JOIN messages m ON m.room_id = r.room_id AND m.seq = r.seq
           WHERE r.person_id = ? ORDER BY r.at, r.room_id, r.seq`,
          personId,
        )
        .map((row) => ({
          at: Number(row['remind_at']),
          due: row['remind_due'] === 1,
          message: toMessage(row),
        })),
    due: async (now, limit) =>
      database
        .all(
          'SELECT * FROM reminders WHERE due = 0 AND at <= ? ORDER BY at, person_id, room_id, seq LIMIT ?',
          now,
          limit,
        )
        .map((row) => ({
          personId: String(row['person_id']),
          roomId: String(row['room_id']),
          seq: Number(row['seq']),
          at: Number(row['at']),
        })),
    async nextDue() {
      const at = database.get('SELECT min(at) AS at FROM reminders WHERE due = 0')?.['at']
      return at == null ? null : Number(at)
    },
  }
}
