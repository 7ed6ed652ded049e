import type { Store } from '../store.ts'
import type { Database } from './database.ts'
import { toPerson, toSession } from './queries.ts'
import { hashOf } from './tokens.ts'

type SessionReads = Pick<Store['sessions'], 'find' | 'list' | 'lastSeen' | 'whoseLink'>

export function createSessionReads(database: Database): SessionReads {
  return {
    async find(token) {
      const row = database.get(
        `SELECT p.*, s.id AS session_id, s.agent, s.seen_at, s.way, s.made_by, s.created_at AS begun_at
         FROM sessions s JOIN people p ON p.id = s.person_id WHERE s.token_hash = ? AND p.gone = 0`,
        hashOf(token),
      )
      return row ? { ...toSession(row), person: toPerson(row) } : null
    },
    async whoseLink(token) {
      const row = database.get(
        `SELECT p.* FROM device_links l JOIN people p ON p.id = l.person_id
         WHERE l.token_hash = ? AND l.expires_at > ? AND p.gone = 0`,
        hashOf(token),
        Date.now(),
      )
      return row ? toPerson(row) : null
    },
    list: async (personId, limit) =>
      database
        .all(
          `SELECT id AS session_id, agent, seen_at, way, made_by, created_at AS begun_at
           FROM sessions WHERE person_id = ? ORDER BY seen_at DESC, id LIMIT ?`,
          personId,
          limit,
        )
        .map(toSession),
    lastSeen: async (personIds) =>
      Object.fromEntries(
        database
          .all(
            `SELECT person_id, max(seen_at) AS seen_at FROM sessions
             WHERE person_id IN (SELECT value FROM json_each(?)) GROUP BY person_id`,
            JSON.stringify(personIds),
          )
          .map((row) => [String(row['person_id']), Number(row['seen_at'])]),
      ),
  }
}
