import { randomUUID } from 'node:crypto'
import { Refusal } from '../../../protocol/errors.ts'
import { SCHEDULED } from '../../../protocol/limits.ts'
import type { Scheduled } from '../../../protocol/scheduled.ts'
import type { ScheduledMessages, Which } from '../scheduled.ts'
import { hereOf, mustBeIn } from './authority.ts'
import type { Database } from './database.ts'
import type { Changes } from './gathering.ts'
import { scheduledOf, toScheduled } from './scheduledReads.ts'
import { leaveTraces } from './traces.ts'

const WHICH = 'person_id = ? AND id = ? AND key = ?'

/** What people have to be sent later. */
export function createScheduledOperations(database: Database, changes: Changes) {
  function tell(personId: string): void {
    const scheduled = scheduledOf(database, personId)
    changes.alone({ personId, event: 'scheduled:changed', payload: { scheduled } })
  }

  return {
    'scheduled.set'({ personId, id, roomId, body, at }: Parameters<ScheduledMessages['set']>[0]): Scheduled {
      hereOf(database, personId)
      mustBeIn(database, roomId, personId)
      const all = scheduledOf(database, personId)
      const before = all.find((one) => one.id === id)
      if (before?.roomId === roomId && before.body === body && before.at === at) return before
      if (!before && all.length >= SCHEDULED)
        throw new Refusal(
          'invalid',
          `You have ${SCHEDULED} messages to be sent already: that is as many as there can be.`,
        )
      if (before) leaveTraces(database)
      // Sent as it was a moment ago, it is another message than this one: so each has a key of its own.
      const row = database.get(
        `INSERT INTO scheduled (id, person_id, room_id, key, body, at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (person_id, id) DO UPDATE SET room_id = excluded.room_id, key = excluded.key, body = excluded.body, at = excluded.at,
           failed = NULL RETURNING *`,
        id,
        personId,
        roomId,
        randomUUID(),
        body,
        at,
      )
      if (!row) throw new Error('What was written is a row.')
      tell(personId)
      return toScheduled(row)
    },

    'scheduled.cancel'(personId: string, id: string): void {
      if (!database.get('DELETE FROM scheduled WHERE person_id = ? AND id = ? RETURNING id', personId, id)) return
      leaveTraces(database)
      tell(personId)
    },

    'scheduled.sent'({ personId, id, key }: Which): void {
      if (database.get(`DELETE FROM scheduled WHERE ${WHICH} RETURNING id`, personId, id, key)) tell(personId)
    },

    'scheduled.postpone'({ personId, id, key }: Which, at: number): void {
      if (database.get(`UPDATE scheduled SET at = ? WHERE ${WHICH} RETURNING id`, at, personId, id, key)) tell(personId)
    },

    'scheduled.fail'({ personId, id, key }: Which, reason: string): void {
      if (database.get(`UPDATE scheduled SET failed = ? WHERE ${WHICH} RETURNING id`, reason, personId, id, key))
        tell(personId)
    },
  }
}
