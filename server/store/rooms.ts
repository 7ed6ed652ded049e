import type { Head, MyRoom, Room } from '../../protocol/rooms.ts'
import type { Person } from '../../protocol/people.ts'

export type Rooms = {
  /** The room everybody is in. */
  default: () => Promise<Room>
  get: (roomId: string) => Promise<Room | null>
  /**
   * A room with its first member, who made it. Refused: `invalid`, and `name_taken` by appearance among public rooms for
   * another public one.
   */
  create: (room: { name: string; topic: string; personId: string; isPrivate?: boolean }) => Promise<MyRoom>
  /** As `create` names one. Refused: `forbidden` for direct rooms and archived ones. */
  rename: (roomId: string, name: string, by?: string) => Promise<Room>
  /**
   * In, whether it is public or not. Twice is once. Refused: `forbidden` for direct and archived rooms; `not_found` for nobody,
   * for who is gone, and where `by` is not in it.
   */
  add: (roomId: string, personId: string, by?: string) => Promise<void>
  /** Twice is once: no second revision. Refused: `not_found` for a room that is not public; `forbidden` for an archived one. */
  join: (roomId: string, personId: string) => Promise<MyRoom>
  /**
   * The read position is forgotten, and that it was a favourite. Refused: `forbidden` for the default room and a conversation of
   * two; `not_found` for who is not in it.
   */
  leave: (roomId: string, personId: string, by?: string) => Promise<void>
  /** Refused: `forbidden` for an archived room. */
  setTopic: (roomId: string, topic: string) => Promise<Room>
  /** Only what is given. The same again is no change. Refused: `forbidden` for direct and archived rooms. */
  setWriting: (room: { roomId: string; whoWrites?: Room['whoWrites']; slowMode?: number; by?: string }) => Promise<Room>
  /** Whether what is written there from now on tells where its links lead: see Previews. The same again is no change. Refused: as `setWriting`. */
  setPreviews: (room: { roomId: string; on: boolean; by?: string }) => Promise<Room>
  /** Away or back; twice is once. It keeps its name and everybody in it. Refused: `forbidden` for the default room and direct ones. */
  archive: (roomId: string, archived: boolean, by?: string) => Promise<Room>
  /**
   * Nothing of it can be had from then on; invitations lead there no more. Soon after, nothing of it is in any file. Refused:
   * `forbidden` for the default room and direct ones, `not_found`.
   */
  remove: (roomId: string, by?: string) => Promise<void>
  /** Resolves to those of these rooms that they are in, each once: their favourites, in this order. */
  arrange: (personId: string, roomIds: readonly string[]) => Promise<string[]>
  /**
   * The one direct room of these people, made if there was none, whoever asks and in whatever order. Who had left it is in it
   * again, from the newest message on. Refused: `not_found` for nobody and who is gone; `invalid` with oneself alone, or with more
   * than DIRECT_PEOPLE.
   */
  direct: (personId: string, ...otherIds: string[]) => Promise<MyRoom>
  hasMember: (roomId: string, personId: string) => Promise<boolean>
  /** Those of `mine`, without all that is read for them. */
  idsOf: (personId: string) => Promise<string[]>
  /** Those of them who are in a room that this person is in as well. */
  sharedWith: (personId: string, otherIds: readonly string[]) => Promise<string[]>
  /**
   * The public rooms by name that are not archived; with `archived` the others, and their own private ones; `onlyTheirs`: those of
   * them that this person is in.
   */
  list: (page: {
    query: string
    archived?: boolean
    after?: string | undefined
    limit: number
    personId: string
    onlyTheirs?: boolean
  }) => Promise<{ rooms: { room: Room; members: number; joined: boolean }[]; next: string | null }>
  /** Those present, by name; `query` as in `people.list`, and `total` without it. */
  members: (page: {
    roomId: string
    query?: string
    after?: string | undefined
    limit: number
  }) => Promise<{ people: Person[]; next: string | null; total: number }>
  /** The rooms somebody is in, with heads, read positions and counts of what is unread (bounded by UNREAD_LIMIT). */
  mine: (personId: string) => Promise<MyRoom[]>
  /** One of these, or null for somebody who is not in it. */
  mineOne: (personId: string, roomId: string) => Promise<MyRoom | null>
  heads: (roomIds: readonly string[]) => Promise<Record<string, Head>>
}
