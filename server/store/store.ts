import type { Payload } from '../../protocol/index.ts'
import type { ListMessages, Message, MessagePage, RoomChanges } from '../../protocol/messages.ts'
import type { Person } from '../../protocol/people.ts'
import type { Head, MyRoom, Room } from '../../protocol/rooms.ts'
import type { ReadPosition } from '../../protocol/unread.ts'

/**
 * What Natter remembers, in the words of chat. Every promise here is a test in contract/, which any store must pass.
 * Whatever changes something resolves once it is on disk. Expected "no"s reject with a Refusal; trouble with the disk
 * rejects with Refusal('storage_unavailable').
 */
export type Store = {
  /** Random, made with the database, changed by a restore. */
  logId: string
  /** How durable an answered change is, in words for /readyz, as asserted when the store was opened. */
  durability: string
  /** How it is just now, in words for /readyz. Both are null while all is well. */
  condition: () => Condition
  people: People
  sessions: Sessions
  rooms: Rooms
  messages: Messages
  reads: Reads
  /**
   * Calls `listener` once for every commit that changed something, in the order of the commits and before any promise of
   * that commit settles. What is announced comes from here, so nothing is told before it is durable, and never out of order.
   * Returns a function that stops it.
   */
  onCommit: (listener: (commit: Commit) => void) => () => void
  /** Lets pending commits finish, then closes. */
  close: () => Promise<void>
}

export type Condition = {
  /** Why nothing can be stored; ends by itself, without anybody writing, as soon as something can. */
  trouble: string | null
  /** What was found damaged, and what to do. */
  damage: string | null
}

/** Everything that one commit changed: at most one entry per room. */
export type Commit = { rooms: RoomChanges[]; people: Payload<'people:changed'> | null }

export type People = {
  /**
   * Adds somebody with the least used tint and makes them a member of the default room.
   * The name is normalised. Refused: `invalid` (empty, too long, invisible or direction-changing characters),
   * `name_taken` (looks like somebody's here).
   */
  create: (person: { name: string; role: Person['role'] }) => Promise<Person>
  /** Changes the name; tint and everything else stay. Refused as `create`; one's own name in another case is fine. */
  rename: (id: string, name: string) => Promise<Person>
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

export type Sessions = {
  /** A new 256-bit token (base64url) for this person, or the one that a handshake already handed out. Only its SHA-256 is kept. */
  create: (personId: string, token?: string) => Promise<string>
  find: (token: string) => Promise<Person | null>
}

export type Rooms = {
  /** The room everybody is in. */
  default: () => Promise<Room>
  get: (roomId: string) => Promise<Room | null>
  /** A public room with its first member. Refused: `invalid`, `name_taken` by appearance among public rooms. */
  create: (room: { name: string; topic: string; personId: string }) => Promise<MyRoom>
  /** Twice is once: no second revision. Refused: `not_found` for a room that is not public. */
  join: (roomId: string, personId: string) => Promise<MyRoom>
  /** The read position is forgotten. Refused: `forbidden` for the default room and direct rooms. */
  leave: (roomId: string, personId: string) => Promise<void>
  setTopic: (roomId: string, topic: string) => Promise<Room>
  /** The one direct room of these two, made if there was none, whoever asks. Refused: `not_found`; `invalid` with oneself. */
  direct: (personId: string, otherId: string) => Promise<MyRoom>
  hasMember: (roomId: string, personId: string) => Promise<boolean>
  /** The public rooms by name. */
  list: (page: {
    query: string
    after?: string | undefined
    limit: number
    personId: string
  }) => Promise<{ rooms: { room: Room; members: number; joined: boolean }[]; next: string | null }>
  /** Those present, by name. */
  members: (page: {
    roomId: string
    after?: string | undefined
    limit: number
  }) => Promise<{ people: Person[]; next: string | null; total: number }>
  /** The rooms somebody is in, with heads, read positions and unread counts (bounded by UNREAD_LIMIT). */
  mine: (personId: string) => Promise<MyRoom[]>
  /** One of these, or null for somebody who is not in it. */
  mineOne: (personId: string, roomId: string) => Promise<MyRoom | null>
  heads: (roomIds: readonly string[]) => Promise<Record<string, Head>>
}

export type Messages = {
  /**
   * Adds a message at the end of its room, and advances its author's read position to it. The same (owner, key) again with
   * the same text in the same room resolves to that message in its newest state; with another: `conflict`. `owner` is the author
   * unless given: a tutorial client may come back as another guest.
   */
  append: (draft: { roomId: string; authorId: string; key: string; body: string; owner?: string }) => Promise<Message>
  get: (roomId: string, seq: number) => Promise<Message | null>
  /**
   * Gives a message another text; the same one again changes nothing. Its key goes on standing for the text that it was sent
   * with: a send that is repeated later is the same message still. Refused: `not_found`, also for a deleted one.
   */
  edit: (change: { roomId: string; seq: number; body: string }) => Promise<Message>
  /**
   * Leaves of a message only that it was there: no text in sync, history or previews. Twice is once. Its key stays taken, and
   * stands for any text. Refused: `not_found`.
   */
  remove: (message: { roomId: string; seq: number }) => Promise<Message>
  /** See ListMessages: at most `limit`, ascending, without gaps. */
  list: (page: ListMessages & { limit: number }) => Promise<MessagePage>
  /** Everything with a `rev` above `since`, SYNC_PAGE at a time; over SYNC_LIMIT behind, or ahead of the head: `reset`. */
  sync: (cursor: {
    roomId: string
    since: number
  }) => Promise<{ changed: RoomChanges | null; more: boolean; reset: MessagePage | null }>
}

export type Reads = {
  /** Rises, never falls, and never past the room's head. Private: no revision, nobody else learns of it. */
  advance: (position: { roomId: string; personId: string; seq: number }) => Promise<ReadPosition>
}
