import { randomBytes } from 'node:crypto'
import { Refusal } from '../../../protocol/errors.ts'
import { MARKS, PASSKEYS } from '../../../protocol/limits.ts'
import type { RemovedWay, ResetKey } from '../accounts.ts'
import type { Store } from '../store.ts'
import { accountOf, ownerOf, plainCode } from './accountReads.ts'
import { audit } from './audit.ts'
import { hereOf } from './authority.ts'
import type { Database } from './database.ts'
import { peopleById } from './queries.ts'
import type { SessionOperations } from './sessionOperations.ts'
import { hashOf, newToken } from './tokens.ts'

type Accounts = Store['accounts']

/** Crockford's 32 characters: none looks like another. https://www.crockford.com/base32.html */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 160 bits, in groups of four. */
const makeCode = (): string =>
  [...randomBytes(32)].map((byte, i) => (i > 0 && i % 4 === 0 ? '-' : '') + LETTERS[byte % 32]).join('')

/** Makes a link by which somebody sets a new password; the one before it is void. Also for a command beside the server. */
export function putResetLink(
  database: Database,
  { personId, madeBy, expiresAt }: Parameters<Accounts['resetLink']>[0],
) {
  hereOf(database, personId)
  const token = newToken()
  database.run(
    `INSERT INTO reset_links (person_id, token_hash, made_by, expires_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (person_id) DO UPDATE SET token_hash = excluded.token_hash, made_by = excluded.made_by, expires_at = excluded.expires_at`,
    personId,
    hashOf(token),
    madeBy,
    expiresAt,
  )
  return token
}

/** By what people come back who are not remembered by a browser. */
export function createAccountOperations(database: Database, sessions: SessionOperations) {
  function putCode(personId: string): string {
    const code = makeCode()
    database.run(
      `INSERT INTO accounts (person_id, code_hash) VALUES (?, ?)
       ON CONFLICT (person_id) DO UPDATE SET code_hash = excluded.code_hash`,
      personId,
      hashOf(plainCode(code)),
    )
    return code
  }

  const firstCode = (personId: string) => (accountOf(database, personId).hasCode ? null : putCode(personId))

  function putPassword(personId: string, password: string | null): void {
    database.run(
      `INSERT INTO accounts (person_id, password) VALUES (?, ?) ON CONFLICT (person_id) DO UPDATE SET password = excluded.password`,
      personId,
      password,
    )
  }

  /** With the password before, everything that it was for is over: other sessions, and links that make one. */
  function endOthers(personId: string, keep: string): void {
    for (const table of ['reset_links', 'device_links'])
      database.run(`DELETE FROM ${table} WHERE person_id = ?`, personId)
    sessions['sessions.revoke'](personId, { except: keep })
  }

  return {
    /** The first way of signing in brings it. */
    firstCode,

    'accounts.setPassword'({ personId, password, keep }: Parameters<Accounts['setPassword']>[0]) {
      hereOf(database, personId)
      putPassword(personId, password)
      endOthers(personId, keep)
      return { code: firstCode(personId) }
    },

    'accounts.addPasskey'({
      id,
      personId,
      publicKey,
      counter,
      transports,
      agent,
    }: Parameters<Accounts['addPasskey']>[0]) {
      hereOf(database, personId)
      if (database.get('SELECT 1 FROM passkeys WHERE id = ?', id))
        throw new Refusal('conflict', 'This passkey is in use already.')
      if (accountOf(database, personId).passkeys.length >= PASSKEYS)
        throw new Refusal('forbidden', `Remove a passkey first: there can be ${PASSKEYS}.`)
      database.run(
        `INSERT INTO passkeys (id, person_id, public_key, counter, transports, agent, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        id,
        personId,
        publicKey,
        counter,
        JSON.stringify(transports),
        agent,
        Date.now(),
      )
      return { code: firstCode(personId) }
    },

    'accounts.remove'(personId: string, way: RemovedWay, issuer?: string): void {
      const before = waysOf(accountOf(database, personId), issuer)
      if (way.type === 'password') putPassword(personId, null)
      else if (way.type === 'passkey')
        database.run('DELETE FROM passkeys WHERE person_id = ? AND id = ?', personId, way.id)
      else database.run('DELETE FROM identities WHERE person_id = ? AND issuer = ?', personId, way.issuer)
      if (before > 0 && waysOf(accountOf(database, personId), issuer) === 0)
        throw new Refusal('forbidden', 'This is your only way of signing in: add another one first.')
    },

    'accounts.newCode'(personId: string): string {
      hereOf(database, personId)
      const account = accountOf(database, personId)
      if (waysOf(account) + account.issuers.length === 0)
        throw new Refusal('not_found', 'There is no way of signing in yet that a code could stand in for.')
      return putCode(personId)
    },

    'accounts.signIn'({ personId, by, agent }: Parameters<Accounts['signIn']>[0]): string {
      const [person] = peopleById(database, [personId])
      const { password, passkeys } = accountOf(database, personId)
      const isTheirs = 'password' in by ? password === by.password : passkeys.some(({ id }) => id === by.passkey)
      if (!person || person.gone || !isTheirs)
        throw new Refusal('unauthorized', 'This way of signing in has just been changed. Try again.')
      if ('passkey' in by) {
        const { passkey, counter } = by
        database.run('UPDATE passkeys SET counter = ?, used_at = ? WHERE id = ?', counter, Date.now(), passkey)
      }
      return sessions['sessions.create'](personId, { agent, way: 'password' in by ? 'password' : 'passkey' })
    },

    'accounts.resetLink'(link: Parameters<Accounts['resetLink']>[0]): string {
      const { madeBy, personId } = link
      audit(database, { action: 'account:link', by: madeBy ?? undefined, personId })
      return putResetLink(database, link)
    },

    'accounts.reset'(key: ResetKey, { password, agent }: Parameters<Accounts['reset']>[1]) {
      const owner = ownerOf(database, key)
      if (!owner)
        throw new Refusal(
          'not_found',
          'code' in key
            ? 'That is not a recovery code that works.'
            : 'This link has stopped working. Ask whoever sent it for a new one.',
        )
      const { person, madeBy } = owner
      putPassword(person.id, password)
      endOthers(person.id, '')
      const token = sessions['sessions.create'](person.id, { agent, way: 'code' in key ? 'code' : 'link', madeBy })
      return { person, token, code: putCode(person.id) }
    },

    'accounts.mark'(personId: string, marks: readonly string[]): void {
      hereOf(database, personId)
      const now = Date.now()
      for (const mark of marks) {
        database.run(
          `INSERT INTO known_marks (person_id, mark, seen_at) VALUES (?, ?, ?)
           ON CONFLICT (person_id, mark) DO UPDATE SET seen_at = excluded.seen_at`,
          personId,
          hashOf(mark),
          now,
        )
      }
      database.run(
        `DELETE FROM known_marks WHERE person_id = ?1 AND mark NOT IN
           (SELECT mark FROM known_marks WHERE person_id = ?1 ORDER BY seen_at DESC, mark LIMIT ${MARKS})`,
        personId,
      )
    },
  }
}

const waysOf = ({ password, passkeys, issuers }: Awaited<ReturnType<Accounts['get']>>, issuer?: string): number =>
  (password === null ? 0 : 1) + passkeys.length + (issuer !== undefined && issuers.includes(issuer) ? 1 : 0)
