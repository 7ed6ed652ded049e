import { Refusal } from '../../../protocol/errors.ts'
import { REMINDERS } from '../../../protocol/limits.ts'
import type { Message } from '../../../protocol/messages.ts'
import type { Due, Which } from '../reminders.ts'
import { hereOf, noMessage } from './authority.ts'
import type { Database } from './database.ts'
import type { Changes } from './gathering.ts'
import { roomRowOf } from './queries.ts'

const ONE = 'person_id = ? AND room_id = ? AND seq = ?'

const tell = (changes: Changes, { personId, roomId, seq }: Which, at: number | null, due: boolean): void =>
  changes.alone({ personId, event: 'reminder:changed', payload: { roomId, seq, at, due } })

/** Of a message that was deleted just now, of which nobody is reminded until it is put back, or that was put back. */
export function tellReminders(database: Database, changes: Changes, { roomId, seq, deleted }: Message): void {
  for (const row of database.all('SELECT person_id, at FROM reminders WHERE room_id = ? AND seq = ?', roomId, seq))
    tell(changes, { personId: String(row['person_id']), roomId, seq }, deleted ? null : Number(row['at']), false)
}

/** What people want to be reminded of. */
export function createReminderOperations(database: Database, changes: Changes) {
  return {
    'reminders.set'(reminder: Due): void {
      const { personId, roomId, seq, at } = reminder
      hereOf(database, personId)
      const there =
        roomRowOf(database, roomId) &&
        database.get('SELECT 1 FROM messages WHERE room_id = ? AND seq = ? AND deleted = 0', roomId, seq)
      if (!there) throw noMessage()
      const before = database.get(`SELECT at FROM reminders WHERE ${ONE}`, personId, roomId, seq)
      if (before?.['at'] === at) return
      const { n } = database.get('SELECT count(*) AS n FROM reminders WHERE person_id = ?', personId) ?? {}
      if (!before && Number(n) >= REMINDERS)
        throw new Refusal(
          'forbidden',
          `You are to be reminded of ${REMINDERS} messages already: that is as many as there can be.`,
        )
      database.run(
        `INSERT INTO reminders (room_id, seq, person_id, at) VALUES (?, ?, ?, ?)
         ON CONFLICT (room_id, seq, person_id) DO UPDATE SET at = excluded.at, due = 0`,
        roomId,
        seq,
        personId,
        at,
      )
      tell(changes, reminder, at, false)
    },

    'reminders.end'(which: Which): void {
      const { personId, roomId, seq } = which
      if (database.get(`DELETE FROM reminders WHERE ${ONE} RETURNING 1`, personId, roomId, seq))
        tell(changes, which, null, false)
    },

    'reminders.come'(due: Due): void {
      const { personId, roomId, seq, at } = due
      const row = database.get(
        `UPDATE reminders SET due = 1 WHERE ${ONE} AND at = ? AND due = 0
           AND EXISTS (SELECT 1 FROM messages m WHERE m.room_id = reminders.room_id AND m.seq = reminders.seq AND m.deleted = 0)
         RETURNING 1`,
        personId,
        roomId,
        seq,
        at,
      )
      if (row) tell(changes, due, at, true)
    },
  }
}
