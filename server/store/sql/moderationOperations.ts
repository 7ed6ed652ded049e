import { createHmac } from 'node:crypto'
import { Refusal } from '../../../protocol/errors.ts'
import { BLOCK_LIMIT } from '../../../protocol/limits.ts'
import type { Mute } from '../../../protocol/moderation.ts'
import type { Person } from '../../../protocol/people.ts'
import type { Blocks, Moderation } from '../moderation.ts'
import { audit } from './audit.ts'
import { mustRule, noPerson, personOf } from './authority.ts'
import type { Database } from './database.ts'
import type { Changes } from './gathering.ts'
import type { PeopleOperations } from './peopleOperations.ts'
import { metaOf, myRooms } from './queries.ts'
import { newToken } from './tokens.ts'

/** Whether two are of the same address can be told, and which one it is cannot, without this. */
const SECRET = 'address_secret'

export const addressHash = (database: Database, address: string): string =>
  createHmac('sha256', String(metaOf(database, SECRET)))
    .update(address)
    .digest('base64url')

/** Who may write, who may be here, and whom somebody wants to hear nothing of. */
export function createModerationOperations(database: Database, changes: Changes, people: PeopleOperations) {
  function shut(personId: string, addresses: readonly string[], until: number): void {
    database.run('INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING', SECRET, newToken())
    for (const address of addresses)
      database.run(
        `INSERT INTO shut_addresses (hash, person_id, until) VALUES (?, ?, ?)
         ON CONFLICT (hash, person_id) DO UPDATE SET until = excluded.until`,
        addressHash(database, address),
        personId,
        until,
      )
  }

  return {
    'moderation.mute'({ personId, roomId, until, by }: Parameters<Moderation['mute']>[0]): Mute {
      personOf(database, personId)
      database.run(
        `INSERT INTO mutes (person_id, room_id, until) VALUES (?, ?, ?)
         ON CONFLICT (person_id, room_id) DO UPDATE SET until = excluded.until`,
        personId,
        roomId ?? '',
        until,
      )
      audit(database, { action: 'moderation:mute', by, personId, roomId, details: { until } })
      changes.moderated(personId)
      return { roomId, until }
    },

    'moderation.unmute'({ personId, roomId, by }: Parameters<Moderation['unmute']>[0]): void {
      const was = database.get(
        'DELETE FROM mutes WHERE person_id = ? AND room_id = ? RETURNING until',
        personId,
        roomId ?? '',
      )
      if (!was) return
      audit(database, { action: 'moderation:unmute', by, personId, roomId })
      changes.moderated(personId)
    },

    'moderation.ban'({ personId, by, addresses = [], until = 0 }: Parameters<Moderation['ban']>[0]): Person {
      const before = personOf(database, personId)
      const isBanned = database.get('SELECT 1 FROM people WHERE id = ? AND banned = 1', personId) !== undefined
      // Lifting it would bring back who was removed for good.
      if (before.gone && !isBanned) throw noPerson()
      mustRule(database, by, before.role)
      if (addresses.length > 0) shut(personId, addresses, until)
      if (isBanned) return before
      const person = people['people.remove'](personId, undefined, 'rest')
      database.run('UPDATE people SET banned = 1 WHERE id = ?', personId)
      const addressUntil = addresses.length > 0 ? until : null
      audit(database, { action: 'moderation:ban', by, personId, details: { addressUntil } })
      return person
    },

    'moderation.lift'(personId: string, by: string): Person {
      const before = personOf(database, personId)
      mustRule(database, by, before.role)
      database.run('DELETE FROM shut_addresses WHERE person_id = ?', personId)
      if (!database.get('UPDATE people SET banned = 0 WHERE id = ? AND banned = 1 RETURNING id', personId))
        return before
      audit(database, { action: 'moderation:lift', by, personId })
      return people['people.bringBack'](personId)
    },

    'blocks.set'({ personId, otherId, blocked }: Parameters<Blocks['set']>[0]): void {
      if (personId === otherId) throw new Refusal('invalid', 'That is you.')
      const known = database.get('SELECT 1 FROM blocks WHERE person_id = ? AND blocked_id = ?', personId, otherId)
      if ((known !== undefined) === blocked) return
      if (!blocked) database.run('DELETE FROM blocks WHERE person_id = ? AND blocked_id = ?', personId, otherId)
      else {
        personOf(database, otherId)
        const { n } = database.get('SELECT count(*) AS n FROM blocks WHERE person_id = ?', personId) ?? {}
        if (Number(n) >= BLOCK_LIMIT) throw new Refusal('invalid', 'More people than this cannot be blocked.')
        database.run('INSERT INTO blocks (person_id, blocked_id) VALUES (?, ?)', personId, otherId)
      }
      changes.moderated(personId)
      // Other messages are unread than before, on all of their devices.
      for (const { room, head, readUpTo, readRev, unread, forYou } of myRooms(database, personId))
        changes.alone({
          personId,
          event: 'read:advanced',
          payload: { roomId: room.id, readUpTo, rev: readRev, unread, forYou, seq: head.seq },
        })
    },
  }
}
