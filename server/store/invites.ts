import type { Invite } from '../../protocol/invites.ts'
import type { Person } from '../../protocol/people.ts'

export type Invites = {
  /** Resolves to its token as well, which is kept nowhere. Refused: `not_found` for a room that does not exist; `forbidden` for a maker who may not. */
  create: (
    invite: Pick<Invite, 'role' | 'roomIds' | 'expiresAt' | 'createdBy'> & { uses: number | null },
  ) => Promise<{ invite: Invite; token: string }>
  /** Newest first. `next` goes into `after`. */
  list: (page: { after?: string | undefined; limit: number }) => Promise<{ invites: Invite[]; next: string | null }>
  /** The one with this token, if somebody may still come by it. */
  find: (token: string) => Promise<Invite | null>
  /** Twice is once. Refused: `not_found`. */
  revoke: (id: string, by?: string) => Promise<Invite>
  /** Who came by it, in order. */
  people: (id: string, limit: number) => Promise<Person[]>
  /**
   * Adds somebody as `people.create` does, in the role and the rooms of the invitation, and counts it: never more than it
   * has uses, however many come at once. Refused as `not_found` when it is revoked, expired or used up.
   */
  use: (token: string, name: string) => Promise<Person>
  /** Brings somebody who is here into its rooms; counted if there is one that they were not in. Refused as `use`. */
  accept: (token: string, personId: string) => Promise<void>
}
