import type { Person } from '../../../protocol/people.ts'
import type { Accounts, ResetKey, StoredAccount, StoredPasskey } from '../accounts.ts'
import type { Database, Row } from './database.ts'
import { peopleById } from './queries.ts'
import { hashOf } from './tokens.ts'

/**
 * Where by `person_id` everything is by which somebody comes back, and that goes with them. Not their identities: by those whoever
 * was removed is known again.
 */
export const ACCOUNT_TABLES = ['accounts', 'passkeys', 'reset_links', 'known_marks'] as const

const toPasskey = (row: Row): StoredPasskey => ({
  id: String(row['id']),
  personId: String(row['person_id']),
  publicKey: String(row['public_key']),
  counter: Number(row['counter']),
  transports: JSON.parse(String(row['transports'])) as string[],
  agent: String(row['agent']),
  createdAt: Number(row['created_at']),
  usedAt: row['used_at'] === null ? null : Number(row['used_at']),
})

export function accountOf(database: Database, personId: string): StoredAccount {
  const row = database.get('SELECT password, code_hash FROM accounts WHERE person_id = ?', personId)
  return {
    password: typeof row?.['password'] === 'string' ? row['password'] : null,
    hasCode: typeof row?.['code_hash'] === 'string',
    passkeys: database
      .all('SELECT * FROM passkeys WHERE person_id = ? ORDER BY created_at, id', personId)
      .map(toPasskey),
    issuers: database
      .all('SELECT issuer FROM identities WHERE person_id = ? ORDER BY issuer', personId)
      .map((row) => String(row['issuer'])),
  }
}

/** A code as people write one down: groups, small letters, and what looks like another character make no difference. */
export const plainCode = (code: string): string =>
  code
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')

/** Whose it is, and who made it, if it still works. */
export function ownerOf(database: Database, key: ResetKey): { person: Person; madeBy: string | null } | null {
  const row =
    'code' in key
      ? database.get('SELECT person_id, NULL AS made_by FROM accounts WHERE code_hash = ?', hashOf(plainCode(key.code)))
      : database.get(
          'SELECT person_id, made_by FROM reset_links WHERE token_hash = ? AND expires_at > ?',
          hashOf(key.link),
          Date.now(),
        )
  const [person] = row ? peopleById(database, [String(row['person_id'])]) : []
  if (!row || !person || person.gone) return null
  return { person, madeBy: row['made_by'] === null ? null : String(row['made_by']) }
}

type AccountReads = Pick<Accounts, 'get' | 'findPasskey' | 'whose' | 'marked'>

export function createAccountReads(database: Database): AccountReads {
  return {
    get: async (personId) => accountOf(database, personId),
    async findPasskey(id) {
      const row = database.get('SELECT * FROM passkeys WHERE id = ?', id)
      return row ? toPasskey(row) : null
    },
    whose: async (key) => ownerOf(database, key)?.person ?? null,
    marked: async (personId, marks) =>
      marks.find((mark) =>
        database.get('SELECT 1 FROM known_marks WHERE person_id = ? AND mark = ?', personId, hashOf(mark)),
      ) ?? null,
  }
}
