import type { EventName, Payload } from '../../protocol/index.ts'
import type { RoomChanges } from '../../protocol/changes.ts'
import type { Person, Role } from '../../protocol/people.ts'
import type { Join } from '../../protocol/place.ts'
import type { ReadPosition } from '../../protocol/unread.ts'
import type { Drafts } from './drafts.ts'
import type { EmojiStore } from './emoji.ts'
import type { Files } from './files.ts'
import type { Messages } from './messages.ts'
import type { Pins } from './pins.ts'
import type { Invites } from './invites.ts'
import type { Profiles } from './profiles.ts'
import type { Rooms } from './rooms.ts'
import type { Previews } from './previews.ts'
import type { Push } from './push.ts'
import type { Polls } from './polls.ts'
import type { Reactions } from './reactions.ts'
import type { Reminders } from './reminders.ts'
import type { ScheduledMessages } from './scheduled.ts'
import type { OwnSettings } from './settings.ts'
import type { ForYou } from './forYou.ts'
import type { Search } from './search.ts'
import type { Accounts } from './accounts.ts'
import type { Identities } from './identities.ts'
import type { ModerationStore } from './moderation.ts'
import type { Replies } from './replies.ts'
import type { Saved } from './saved.ts'
import type { Sessions } from './sessions.ts'
import type { Versions } from './versions.ts'

/**
 * What Natter remembers, in the words of chat. Every promise here is a test in contract/, which any store must pass.
 * Whatever changes something resolves once it is on disk. Expected "no"s reject with a Refusal; trouble with the disk
 * rejects with Refusal('storage_unavailable').
 */
export type Store = ModerationStore & {
  /** Random, made with the database, changed by a restore, and while it is open where the database was put back: see `onMissed`. */
  logId: string
  /** Random, made with the database, and the same for as long as it lives, also after a restore. */
  placeId: string
  /** How durable an answered change is, in words for /readyz, as asserted when the store was opened. */
  durability: string
  /** How it is just now, in words for /readyz. Both are null while all is well. */
  condition: () => Condition
  /** How much is kept. */
  facts: () => Promise<Facts>
  place: Place
  people: People
  profiles: Profiles
  settings: OwnSettings
  scheduled: ScheduledMessages
  reminders: Reminders
  drafts: Drafts
  sessions: Sessions
  accounts: Accounts
  identities: Identities
  invites: Invites
  rooms: Rooms
  messages: Messages
  files: Files
  versions: Versions
  replies: Replies
  pins: Pins
  saved: Saved
  reactions: Reactions
  emoji: EmojiStore
  polls: Polls
  previews: Previews
  reads: Reads
  push: Push
  forYou: ForYou
  search: Search
  /**
   * Calls `listener` once for every commit that changed something, in the order of the commits and before any promise of
   * that commit settles. What is announced comes from here, so nothing is told before it is durable, and never out of order.
   * Returns a function that stops it.
   */
  onCommit: (listener: (commit: Commit) => void) => () => void
  /** Calls `listener` for everything that was stored together, before anybody is answered. Returns a function that stops it. */
  onBatch: (listener: (batch: Batch) => void) => () => void
  /**
   * Calls `listener` where what other nodes have committed may have been missed for good, because this one stood still for too long,
   * and where another log goes on, because the database was put back while it was open: whoever was told anything here begins anew. Returns a function that stops it.
   */
  onMissed: (listener: () => void) => () => void
  /** Lets pending commits finish, then closes. */
  close: () => Promise<void>
}

/** `messages`: ever written. Sizes in bytes; `free` is null where nobody says it. */
export type Facts = { people: number; rooms: number; messages: number; database: number; free: number | null }

export type Condition = {
  /** Why nothing can be stored; ends by itself, without anybody writing, as soon as something can. */
  trouble: string | null
  /** What was found damaged, and what to do. */
  damage: string | null
}

type Told<E extends EventName> = { personId: string; event: E; payload: Payload<E> }
/** What one person is told on all their devices, and nobody else. */
export type Alone =
  | Told<'settings:changed'>
  | Told<'scheduled:changed'>
  | Told<'reminder:changed'>
  | Told<'draft:changed'>
  | Told<'saved:changed'>
  | Told<'push:changed'>
  | Told<'room:arranged'>
  | Told<'read:advanced'>

/** Everything that one commit changed: at most one entry per room. */
export type Commit = {
  rooms: RoomChanges[]
  people: Payload<'people:changed'> | null
  place: Settings | null
  /** Sessions that are no more: their connections end. */
  sessions: string[]
  /** Rooms that are no more. */
  deletedRooms: string[]
  alone: Alone[]
  /** Whose mutes or blocks are others now. */
  moderated: string[]
  /** Whether there are more or fewer reports to deal with. */
  reported: boolean
  /** Another node has done it, and does what follows from it. */
  elsewhere?: true
  /** It was kept for what comes in the same turn, and may be told with it. */
  waited?: true
}

/** What was made durable at once: how much was asked for, how many messages of it are new, and how long it took. Milliseconds. */
export type Batch = { asked: number; sent: number; took: number }

/** What its owners have decided. `join` is null as long as nobody has. `emojiRev`: of its own emoji, if there ever were any. */
export type Settings = { name: string; join: Join | null; emojiRev?: number }

/** `session`: the token of somebody new, as `sessions.create` gives it. */
export type Founded = { owner: Person; session: string | null }

export type Place = {
  get: () => Promise<Settings>
  /**
   * Only what is given. `by`: here as elsewhere who does it, for the log of those who look after the place; without it nothing
   * is noted. Where it says so, whether they still may is asked as well.
   */
  change: (settings: { name?: string; join?: Join }, by?: string) => Promise<Settings>
  /**
   * A new token for whoever may become the first owner; the one before it is void. Null if there is an owner who has a session,
   * or something to sign in by.
   */
  ownerLink: () => Promise<string | null>
  /**
   * Names the place, and makes its first owner of somebody new, with a session, or of somebody who is here. Once: refused as `not_found` for
   * a token that is not the newest, and when there is an owner.
   */
  found: (founding: {
    token: string
    placeName: string
    who: { name: string; agent?: string } | { id: string }
  }) => Promise<Founded>
}

export type People = {
  /**
   * Adds somebody with the least used tint and makes them a member of the default room, unless they are a guest.
   * The name is normalised. Refused: `invalid` (empty, too long, invisible or direction-changing characters),
   * `name_taken` (looks like somebody's here).
   */
  create: (person: { name: string; role: Person['role'] }) => Promise<Person>
  /**
   * Changes the name; tint and everything else stay. Refused as `create`, and `not_found`, also for who is gone; one's own name
   * in another case is fine.
   */
  rename: (id: string, name: string) => Promise<Person>
  /**
   * In no room any more, without a session, and gone; their name stays taken. What they reacted with goes soon after. What they said of themselves, their picture,
   * their settings, their password and their passkeys are forgotten. Twice is once. The last owner stays: `forbidden`, as where
   * `by` looks after the place no more or is not above them. Refused: `not_found`, also where `by` is gone.
   */
  remove: (id: string, by?: string) => Promise<Person>
  /**
   * Whoever is admin or owner no more has no invitations out; a guest is not in the default room. The last owner stays owner:
   * `forbidden`, as where `by` is not above both roles. Refused: `not_found`, also for who is gone, as `by` too.
   */
  setRole: (id: string, role: Role, by?: string) => Promise<Person>
  /** Those who exist, in no particular order. */
  get: (ids: readonly string[]) => Promise<Person[]>
  /** The person whose name looks like this one. */
  byName: (name: string) => Promise<Person | null>
  /** By name; `query` matches the beginning of any word, ignoring case and accents' form. `next` goes into `after`. */
  list: (page: {
    query: string
    after?: string | undefined
    limit: number
  }) => Promise<{ people: Person[]; next: string | null }>
  /** Everybody with a `rev` above `since`, ascending, SYNC_PAGE at a time. */
  sync: (since: number) => Promise<{ people: Person[]; rev: number; more: boolean }>
  /** Newest `rev` of anybody. */
  rev: () => Promise<number>
}

export type Reads = {
  /**
   * Rises, never past the room's head, and falls only by a `rev` larger than the one stored, which is stored then. With a smaller
   * one nothing changes; without one it rises. Private: no revision of the room, nobody else learns of it.
   */
  advance: (position: {
    roomId: string
    personId: string
    seq: number
    rev?: number | undefined
  }) => Promise<ReadPosition>
}
