import type { Person } from '../../../protocol/people.ts'
import type { Identity } from '../identities.ts'
import type { Store } from '../store.ts'
import type { Database } from './database.ts'
import { toPerson } from './queries.ts'
import { hashOf } from './tokens.ts'

/** Who somebody is elsewhere is nobody's business here: only its hash is kept. */
export const keyOf = ({ issuer, subject }: Identity): string => hashOf(JSON.stringify([issuer, subject]))

export function knownBy(database: Database, identity: Identity): Person | null {
  const row = database.get(
    'SELECT p.* FROM identities i JOIN people p ON p.id = i.person_id WHERE i.key = ?',
    keyOf(identity),
  )
  return row ? toPerson(row) : null
}

export const createIdentityReads = (database: Database): Pick<Store['identities'], 'find'> => ({
  find: async (identity) => knownBy(database, identity),
})
