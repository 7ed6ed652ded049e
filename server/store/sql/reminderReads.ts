import type { Reminders } from '../reminders.ts'
import type { Database } from './database.ts'
import { toMessage } from './queries.ts'

/** Of what is deleted nobody is reminded, as long as it may be put back either. */
const THERE = 'reminders r JOIN messages m ON m.room_id = r.room_id AND m.seq = r.seq AND m.deleted = 0'

type ReminderReads = Pick<Reminders, 'list' | 'due' | 'nextDue'>

export function createReminderReads(database: Database): ReminderReads {
  return {
    list: async (personId) =>
      database
        .all(
          `SELECT m.*, r.at AS remind_at, r.due AS remind_due
           FROM ${THERE} WHERE r.person_id = ? ORDER BY r.at, r.room_id, r.seq`,
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
          `SELECT r.* FROM ${THERE} WHERE r.due = 0 AND r.at <= ? ORDER BY r.at, r.person_id, r.room_id, r.seq LIMIT ?`,
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
      const at = database.get(`SELECT r.at FROM ${THERE} WHERE r.due = 0 ORDER BY r.at LIMIT 1`)?.['at']
      return at == null ? null : Number(at)
    },
  }
}
