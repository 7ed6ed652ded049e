import type { Person } from '../../protocol/people.ts'

/** Who somebody is to a provider that vouches for them: `iss` and `sub` of https://openid.net/specs/openid-connect-core-1_0.html#IDToken */
export type Identity = { issuer: string; subject: string }

export type Identities = {
  /** Whose it is, also of somebody who is gone: who was removed does not come back as somebody new. */
  find: (identity: Identity) => Promise<Person | null>
  /**
   * Signing in by it as well. Resolves as `accounts.setPassword`; theirs already: nothing changes. Refused: `not_found` for somebody who is not there or
   * gone; `unauthorized` for a session of theirs that has ended meanwhile; `conflict` if it is another one's, or they have one of
   * this issuer.
   */
  add: (adding: { personId: string; sessionId: string; identity: Identity }) => Promise<{ code: string | null }>
  /**
   * A session for whoever it is; for nobody's yet, with `newcomer`, somebody new, who comes as by `people.create` or
   * `invites.use`. All of it or nothing. Refused as there; `forbidden` for somebody who is gone; `unauthorized` for nobody's.
   */
  enter: (entry: {
    identity: Identity
    agent: string
    newcomer?: { name: string; invite?: string | undefined }
  }) => Promise<{ person: Person; token: string }>
}
