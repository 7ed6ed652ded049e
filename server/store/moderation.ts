import type { AuditEntry } from '../../protocol/audit.ts'
import type { Mute, Purge } from '../../protocol/moderation.ts'
import type { Person } from '../../protocol/people.ts'
import type { Outcome, Report } from '../../protocol/reports.ts'

/** What those who look after the place have done, and what others asked them for. */
export type ModerationStore = { moderation: Moderation; reports: Reports; blocks: Blocks; audit: Audit }

export type Moderation = {
  /** In force now, the place's first. */
  mutes: (personId: string) => Promise<Mute[]>
  /**
   * From its commit on no message that they send or edit there is stored, also what was on its way: `forbidden`, with
   * `retryAfter`. Refused: `not_found`.
   */
  mute: (mute: Mute & { personId: string; by: string }) => Promise<Mute>
  /** Twice is once. */
  unmute: (mute: { personId: string; roomId: string | null; by: string }) => Promise<void>
  /**
   * As `people.remove`, but their sessions, settings and ways of signing in are kept, and are none until it is lifted. `addresses` are shut until then, and
   * kept only as hashes that nobody reads back. Twice is once. Refused as `people.remove`, and `not_found` for
   * who was removed.
   */
  ban: (ban: { personId: string; by: string; addresses?: string[]; until?: number }) => Promise<Person>
  /**
   * They are in the default room, unless they are a guest, and their sessions are some again. Twice is once. Refused:
   * `not_found`; `forbidden` as `people.remove`.
   */
  lift: (personId: string, by: string) => Promise<Person>
  /** By name. `next` goes into `after`. */
  bans: (page: { after?: string | undefined; limit: number }) => Promise<{ people: Person[]; next: string | null }>
  isBanned: (personId: string) => Promise<boolean>
  /** Whether this is the token of a session of somebody who is banned. */
  holdsBan: (token: string) => Promise<boolean>
  isShut: (address: string) => Promise<boolean>
  /**
   * Begins to delete what somebody has sent since then: in this room, or with null in all that `by` looks after, which are
   * the public ones and the private ones that they are in: no conversations.
   */
  purge: (purge: { personId: string; by: string; since: number; roomId: string | null }) => Promise<Purge>
  /** One piece of it, so that nobody who writes waits for long. To be called until it is whole. Refused: `not_found`. */
  step: (id: string) => Promise<Purge>
  /** Begins to put everything back, for `step` to go on with. Refused: `not_found`, and after UNDO_MS too. */
  undo: (id: string, by: string) => Promise<Purge>
  getPurge: (id: string) => Promise<Purge | null>
  /** Of this person, newest first, 20 at most: those that are not older than UNDO_MS, undone or not. */
  purges: (personId: string) => Promise<Purge[]>
  /** Those that have begun and are not whole yet. */
  unfinished: () => Promise<Purge[]>
}

export type Reports = {
  /** Keeps the message as it stands. Twice by one person is once. Refused: `not_found`, for a deleted one as well. */
  make: (report: { roomId: string; seq: number; reporterId: string; reason: string }) => Promise<void>
  /** As `reader` may see them: without what they wrote themselves, and without the rooms they may not see. */
  list: (page: {
    reader: string
    open: boolean
    after?: string | undefined
    limit: number
  }) => Promise<{ reports: Report[]; next: string | null }>
  /** Open ones that this reader may see, as messages. */
  count: (reader: string) => Promise<number>
  /** All open ones of the same message, and their copies of its text are gone. Refused: `not_found`, also of one's own message. */
  resolve: (end: { id: string; outcome: Outcome; by: string }) => Promise<Report>
}

export type Blocks = {
  /** Twice is once. Refused: `not_found` for nobody who could be blocked; `invalid` for oneself and beyond BLOCK_LIMIT. */
  set: (block: { personId: string; otherId: string; blocked: boolean }) => Promise<void>
  /** Whom somebody has blocked. */
  list: (personId: string) => Promise<string[]>
  /** Who has blocked somebody. */
  by: (otherId: string) => Promise<string[]>
  /** Whether one of the two has blocked the other. */
  between: (one: string, other: string) => Promise<boolean>
}

export type Audit = {
  /** As `reader` may see it, newest first, below `after`. */
  list: (page: {
    reader: string
    personId?: string | undefined
    after?: number | undefined
    limit: number
  }) => Promise<{ entries: AuditEntry[]; rooms: Record<string, string>; next: number | null }>
}
