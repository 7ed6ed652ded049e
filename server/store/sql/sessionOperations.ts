import { Refusal } from '../../../protocol/errors.ts'
import type { Person } from '../../../protocol/people.ts'
import type { Way } from '../accounts.ts'
import type { Store } from '../store.ts'
import type { Database } from './database.ts'
import type { Changes } from './gathering.ts'
import { peopleById } from './queries.ts'
import { newId } from './ids.ts'
import { hashOf, newToken } from './tokens.ts'

type Beginning = { token?: string; agent?: string; way?: Way; madeBy?: string | null }

export type SessionOperations = ReturnType<typeof createSessionOperations>

/** By what people are known again, in each of their browsers. */
export function createSessionOperations(database: Database, changes: Changes) {
  function begin(
    personId: string,
    { token = newToken(), agent = '', way = 'name', madeBy = null }: Beginning = {},
  ): string {
    const now = Date.now()
    database.run(
      `INSERT INTO sessions (token_hash, person_id, created_at, id, agent, seen_at, way, made_by)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      hashOf(token),
      personId,
      now,
      newId(),
      agent,
      now,
      way,
      madeBy,
    )
    return token
  }

  return {
    'sessions.create': begin,

    'sessions.link'(personId: string, expiresAt: number): string {
      const token = newToken()
      database.run(
        `INSERT INTO device_links VALUES (?, ?, ?)
         ON CONFLICT (person_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at`,
        personId,
        hashOf(token),
        expiresAt,
      )
      return token
    },

    'sessions.useLink'(token: string, agent: string): { token: string; person: Person } {
      const link = database.get('DELETE FROM device_links WHERE token_hash = ? RETURNING *', hashOf(token))
      const [person] = link ? peopleById(database, [String(link['person_id'])]) : []
      if (!link || !person || person.gone || Number(link['expires_at']) <= Date.now())
        throw new Refusal(
          'not_found',
          'This link has stopped working. Make a new one on the device that you come from.',
        )
      return { token: begin(person.id, { agent, way: 'device' }), person }
    },

    'sessions.seen'(id: string): void {
      database.run('UPDATE sessions SET seen_at = ? WHERE id = ?', Date.now(), id)
    },

    'sessions.revoke'(personId: string, which: Parameters<Store['sessions']['revoke']>[1]): void {
      const rows =
        'id' in which
          ? database.all('DELETE FROM sessions WHERE person_id = ? AND id = ? RETURNING id', personId, which.id)
          : database.all('DELETE FROM sessions WHERE person_id = ? AND id <> ? RETURNING id', personId, which.except)
      for (const row of rows) changes.session(String(row['id']))
      // Whoever was signed in there may have made one.
      database.run('DELETE FROM device_links WHERE person_id = ?', personId)
    },
  }
}
