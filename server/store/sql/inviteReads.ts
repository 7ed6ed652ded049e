import type { Store } from '../store.ts'
import type { Database } from './database.ts'
import { timeAndId } from './listing.ts'
import { invitesWhere, isUsable, toPerson } from './queries.ts'
import { hashOf } from './tokens.ts'

type InviteReads = Pick<Store['invites'], 'list' | 'find' | 'people'>

export function createInviteReads(database: Database): InviteReads {
  return {
    async list({ after, limit }) {
      const [at, id] = timeAndId(after)
      const found = invitesWhere(
        database,
        '(created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT ?',
        at ?? Number.MAX_SAFE_INTEGER,
        id,
        limit + 1,
      )
      const invites = found.slice(0, limit)
      const last = invites.at(-1)
      return { invites, next: found.length > limit && last ? `${last.createdAt} ${last.id}` : null }
    },
    async find(token) {
      const [invite] = invitesWhere(database, 'token_hash = ?', hashOf(token))
      return invite && isUsable(invite) ? invite : null
    },
    people: async (id, limit) =>
      database.all('SELECT * FROM people WHERE invite_id = ? ORDER BY created_at, id LIMIT ?', id, limit).map(toPerson),
  }
}
