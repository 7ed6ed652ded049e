import type { Device } from '../../protocol/devices.ts'
import type { Person } from '../../protocol/people.ts'

/** How somebody signed in. */
export type Way = Device['way']

/** A key that a device keeps and that signs in without a name. Bytes are base64url. */
export type StoredPasskey = {
  /** As the device names it. */
  id: string
  personId: string
  publicKey: string
  /** How often it was used, as far as it counts. */
  counter: number
  transports: string[]
  /** How the device called itself that made it. */
  agent: string
  createdAt: number
  usedAt: number | null
}

export type StoredAccount = {
  /** As server/accounts/passwords.ts writes it, never the password itself. */
  password: string | null
  hasCode: boolean
  /** First made first. */
  passkeys: StoredPasskey[]
  /** By which providers they can sign in. */
  issuers: string[]
}

/** What gets somebody back in who has nothing else: the code they wrote down, or a link that somebody made for them. */
export type ResetKey = { code: string } | { link: string }

/** What ends with one of them left: nobody is locked out of their own name by a click. */
export type RemovedWay = { type: 'password' } | { type: 'passkey'; id: string } | { type: 'sso'; issuer: string }

export type Accounts = {
  /** Empty for somebody who has none, or who is not there; of who was removed, `issuers` stay. */
  get: (personId: string) => Promise<StoredAccount>
  /**
   * Claims, or changes the password, and ends all sessions but `keep`, and links that would begin one. Resolves to a recovery code if there was none: it is
   * kept as a hash, and shown this once. Refused: `not_found` for somebody who is not there or gone.
   */
  setPassword: (change: { personId: string; password: string; keep: string }) => Promise<{ code: string | null }>
  /** Another passkey. Resolves as `setPassword`. Refused as there; `conflict` for one that is somebody's; `forbidden` beyond PASSKEYS. */
  addPasskey: (passkey: Omit<StoredPasskey, 'createdAt' | 'usedAt'>) => Promise<{ code: string | null }>
  findPasskey: (id: string) => Promise<StoredPasskey | null>
  /**
   * Refused: `forbidden` for the last way of signing in; `issuer` is the one provider that is asked just now, others are none. One
   * that is not there is passed by.
   */
  remove: (personId: string, way: RemovedWay, issuer?: string) => Promise<void>
  /** A new recovery code; the one before is void. Refused: `not_found` for somebody without a way of signing in, or gone. */
  newCode: (personId: string) => Promise<string>
  /**
   * A session by a password or a passkey that is still theirs; `counter` is the passkey's newest. Refused: `unauthorized`
   * if it was changed or removed meanwhile, and for somebody who is gone. Resolves to a new token.
   */
  signIn: (entry: {
    personId: string
    by: { password: string } | { passkey: string; counter: number }
    agent: string
  }) => Promise<string>
  /** A token that lets this person set a new password, once, until then. One that was made before is void. */
  resetLink: (link: { personId: string; madeBy: string | null; expiresAt: number }) => Promise<string>
  /** Whose it is, if it still works. It goes on working. */
  whose: (key: ResetKey) => Promise<Person | null>
  /**
   * Sets a password by a code or a link, once, ends all their sessions and links, and begins one. The code is new in any case. Refused:
   * `not_found` for a key that was used, has expired, is void or was never made, and of somebody who is gone.
   */
  reset: (
    key: ResetKey,
    entry: { password: string; agent: string },
  ) => Promise<{ person: Person; token: string; code: string }>
  /**
   * Notes by what this person is known again: a mark of their browser, or where they came from. The newest MARKS are kept.
   * Refused: `not_found`, also for who is gone.
   */
  mark: (personId: string, marks: readonly string[]) => Promise<void>
  /** The first of these marks that somebody has, or null. */
  marked: (personId: string, marks: readonly string[]) => Promise<string | null>
}
