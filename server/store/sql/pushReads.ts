import type { Store } from '../store.ts'
import type { Database, Row } from './database.ts'
import { toAlerts } from './queries.ts'

const toSubscription = (row: Row) => ({
  endpoint: String(row['endpoint']),
  p256dh: String(row['p256dh']),
  auth: String(row['auth']),
})

export function createPushReads(database: Database): Pick<Store['push'], 'of' | 'targets' | 'isRead'> {
  return {
    of: async (personId) =>
      database
        .all('SELECT * FROM push_subscriptions WHERE person_id = ? ORDER BY created_at', personId)
        .map(toSubscription),
    isRead: async (roomId, personId) =>
      database.get(
        `SELECT 1 FROM members
         WHERE room_id = ? AND person_id = ? AND notified = 1 AND read_up_to >= told_up_to`,
        roomId,
        personId,
      ) !== undefined,
    async targets({ roomId, after = '', limit }) {
      const rows = database.all(
        `SELECT s.*, m.level, m.muted_until, m.read_up_to, m.told_up_to
         FROM push_subscriptions s JOIN members m ON m.room_id = ? AND m.person_id = s.person_id AND m.present = 1
         WHERE s.endpoint > ? ORDER BY s.endpoint LIMIT ?`,
        roomId,
        after,
        limit + 1,
      )
      const targets = rows.slice(0, limit).map((row) => ({
        ...toSubscription(row),
        personId: String(row['person_id']),
        alerts: toAlerts(row),
        readUpTo: Number(row['read_up_to']),
        toldUpTo: Number(row['told_up_to']),
      }))
      return { targets, next: rows.length > limit ? (targets.at(-1)?.endpoint ?? null) : null }
    },
  }
}
