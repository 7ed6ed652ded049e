import type { Person } from '../../protocol/people.ts'
import type { Way } from './accounts.ts'

export type Session = {
  id: string
  agent: string
  createdAt: number
  seenAt: number
  way: Way
  /** Who made the link that it was begun by; null for whoever runs the server. */
  madeBy: string | null
}

export type Sessions = {
  /**
   * A new 256-bit token (base64url) for this person, or the one that a handshake already handed out. Only its SHA-256 is kept.
   * `agent` is how the device calls itself, `way` how they signed in: by a name, unless given.
   */
  create: (personId: string, options?: { token?: string; agent?: string; way?: Way }) => Promise<string>
  find: (token: string) => Promise<(Session & { person: Person }) | null>
  /** A token that makes a session of this person's, once, until then. One that was made before is void. */
  link: (personId: string, expiresAt: number) => Promise<string>
  /** Whom `useLink` would sign in by it; null where it would refuse. */
  whoseLink: (token: string) => Promise<Person | null>
  /** Refused as `not_found` for a token that was used, has expired, is void or was never made. Resolves as `create`, and to whom. */
  useLink: (token: string, agent: string) => Promise<{ token: string; person: Person }>
  /** Last seen first. */
  list: (personId: string, limit: number) => Promise<Session[]>
  /** When each of these people was last here in any of their sessions, by their ids; without those who have none. */
  lastSeen: (personIds: readonly string[]) => Promise<Record<string, number>>
  /** Notes that it is here. */
  seen: (id: string) => Promise<void>
  /** One of this person's, or all but one, and the link that is out. Those that are not there are passed by. */
  revoke: (personId: string, which: { id: string } | { except: string }) => Promise<void>
}
