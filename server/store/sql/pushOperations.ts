import { PUSH_SUBSCRIPTIONS } from '../../../protocol/limits.ts'
import type { Alerts } from '../../../protocol/rooms.ts'
import type { Push, PushKeys } from '../push.ts'
import { noRoom } from './authority.ts'
import type { Database } from './database.ts'
import type { Changes } from './gathering.ts'
import { metaOf, toAlerts } from './queries.ts'

const VAPID = 'vapid'

/** Where people are reached beside the screen, and of what. */
export function createPushOperations(database: Database, changes: Changes) {
  return {
    'push.keys'(made: PushKeys): PushKeys {
      const known = metaOf(database, VAPID)
      if (typeof known === 'string') return JSON.parse(known) as PushKeys
      database.run('INSERT INTO meta (key, value) VALUES (?, ?)', VAPID, JSON.stringify(made))
      return made
    },

    'push.subscribe'({ endpoint, p256dh, auth, personId, sessionId }: Parameters<Push['subscribe']>[0]): void {
      // A connection may outlive its session by a moment.
      if (!database.get('SELECT 1 FROM sessions WHERE id = ? AND person_id = ?', sessionId, personId)) return
      database.run(
        `INSERT INTO push_subscriptions (endpoint, person_id, session_id, p256dh, auth, created_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (endpoint) DO UPDATE SET person_id = excluded.person_id, session_id = excluded.session_id,
           p256dh = excluded.p256dh, auth = excluded.auth, created_at = excluded.created_at`,
        endpoint,
        personId,
        sessionId,
        p256dh,
        auth,
        Date.now(),
      )
      database.run(
        `DELETE FROM push_subscriptions WHERE person_id = ?1 AND endpoint NOT IN (SELECT endpoint FROM push_subscriptions
           WHERE person_id = ?1 ORDER BY created_at DESC, endpoint LIMIT ${PUSH_SUBSCRIPTIONS})`,
        personId,
      )
    },

    'push.forget'(endpoint: string, personId?: string): void {
      database.run(
        'DELETE FROM push_subscriptions WHERE endpoint = ?1 AND (CAST(?2 AS text) IS NULL OR person_id = ?2)',
        endpoint,
        personId ?? null,
      )
    },

    'push.told'(roomId: string, upTo: Parameters<Push['told']>[1]): void {
      for (const { personId, seq } of upTo)
        database.run(
          'UPDATE members SET told_up_to = max(told_up_to, ?), notified = 1 WHERE room_id = ? AND person_id = ?',
          seq,
          roomId,
          personId,
        )
    },

    'push.withdraw'(roomId: string, personId: string): boolean {
      const row = database.get(
        `UPDATE members SET notified = 0
         WHERE room_id = ? AND person_id = ? AND notified = 1 AND read_up_to >= told_up_to RETURNING 1`,
        roomId,
        personId,
      )
      return row !== undefined
    },

    'push.setAlerts'({ roomId, personId, level, mutedUntil }: Parameters<Push['setAlerts']>[0]): Alerts {
      const row = database.get(
        `UPDATE members SET level = coalesce(?, level), muted_until = CASE WHEN ? THEN ? ELSE muted_until END
         WHERE room_id = ? AND person_id = ? AND present = 1 RETURNING level, muted_until`,
        level ?? null,
        mutedUntil === undefined ? 0 : 1,
        mutedUntil ?? null,
        roomId,
        personId,
      )
      if (!row) throw noRoom()
      const alerts = toAlerts(row)
      changes.alone({ personId, event: 'push:changed', payload: { roomId, alerts } })
      return alerts
    },
  }
}
