import { z } from 'zod'
import { LIST_PAGE, ROOM_NAME_LENGTH, TOPIC_LENGTH } from './limits.ts'
import { Person, PersonId } from './people.ts'
import { text } from './text.ts'

export const RoomId = z.string().min(1).max(32)

/** A room, as its members see it. */
export const Room = z
  .object({
    id: RoomId,
    /** The room's `rev` at its own newest change (name, topic). */
    rev: z.int().positive(),
    /** `public`: anybody in the place may join. `direct`: two people, private to them. */
    kind: z.enum(['public', 'direct']),
    /** Empty for a direct room: its name is the other person. */
    name: z.string(),
    topic: z.string(),
    /** Everybody is in the default room, and nobody leaves it. */
    isDefault: z.boolean(),
    /** The two people of a direct room; empty otherwise. */
    people: z.array(PersonId),
  })
  .meta({ id: 'Room', description: 'A room, as its members see it.' })
export type Room = z.infer<typeof Room>

/** How far a room has come. */
export const Head = z
  .object({
    /** Number of messages ever written in it, and the position of the newest. */
    seq: z.int().min(0),
    /** Number of durable changes of any kind. */
    rev: z.int().positive(),
  })
  .meta({ id: 'Head', description: 'How far a room has come.' })
export type Head = z.infer<typeof Head>

/** Somebody's membership of a room. */
export const Member = z
  .object({
    roomId: RoomId,
    personId: PersonId,
    rev: z.int().positive(),
    /** False once they left: the newest state, never a deletion. */
    present: z.boolean(),
  })
  .meta({ id: 'Member', description: 'Somebody’s membership of a room.' })
export type Member = z.infer<typeof Member>

/** The beginning of a room's newest message: enough for a line in the list of rooms. */
export const Preview = z
  .object({
    seq: z.int().positive(),
    /** The message's `rev`: a larger one is the newer state of it. */
    rev: z.int().positive(),
    authorId: PersonId,
    text: z.string(),
    sentAt: z.int(),
    deleted: z.boolean(),
  })
  .meta({ id: 'Preview', description: 'The beginning of a room’s newest message.' })
export type Preview = z.infer<typeof Preview>

/** A room of mine: what it is, how far it has come, how far I have read. */
export const MyRoom = z
  .object({
    room: Room,
    head: Head,
    last: Preview.nullable(),
    /** Position of the newest message I have read. */
    readUpTo: z.int().min(0),
    /** Messages above `readUpTo` that are not mine and not deleted, counted up to 100, as of `head`. */
    unread: z.int().min(0),
    /** When its newest message was sent, or when it was made. Milliseconds since the Unix epoch, by the server's clock. */
    activeAt: z.int(),
  })
  .meta({ id: 'MyRoom', description: 'A room of mine: what it is, how far it has come, how far I have read.' })
export type MyRoom = z.infer<typeof MyRoom>

const RoomName = z
  .string()
  .min(1)
  .max(4 * ROOM_NAME_LENGTH)
const Topic = text(TOPIC_LENGTH)
const InRoom = z.object({ roomId: RoomId })

export const roomRequests = {
  'room:create': {
    summary: 'Make a public room and be its first member. Its name is unique by appearance.',
    input: z.object({ name: RoomName, topic: Topic.default('') }),
    output: MyRoom,
  },
  'room:join': {
    summary: 'Become a member of a public room. Joining twice is joining once.',
    input: InRoom,
    output: MyRoom,
  },
  'room:leave': {
    summary: 'Stop being a member. The default room and direct rooms cannot be left.',
    input: InRoom,
    output: z.object({}),
  },
  'room:topic': {
    summary: 'Say what the room is for, as one of its members.',
    input: z.object({ roomId: RoomId, topic: Topic }),
    output: Room,
  },
  'room:direct': {
    summary: 'The direct room with this person, made if there was none.',
    input: z.object({ personId: PersonId }),
    output: MyRoom,
  },
  'room:list': {
    summary: 'The public rooms by name, in pages.',
    input: z.object({ query: z.string().max(64).default(''), after: z.string().max(256).optional() }),
    output: z.object({
      rooms: z.array(z.object({ room: Room, members: z.int(), joined: z.boolean() })),
      next: z.string().nullable(),
    }),
  },
  'room:members': {
    summary: `The people in a room by name, ${LIST_PAGE} at a time, and how many there are.`,
    input: z.object({ roomId: RoomId, after: z.string().max(256).optional() }),
    output: z.object({ people: z.array(Person), next: z.string().nullable(), total: z.int() }),
  },
}

export const roomEvents = {
  'room:joined': {
    summary: 'I am in a room I was not in before: joined in another tab, or somebody opened a direct room with me.',
    payload: z.object({ mine: MyRoom, people: z.array(Person) }),
  },
  'room:left': {
    summary: 'I am no longer in this room. Nothing of it follows.',
    payload: z.object({ roomId: RoomId }),
  },
}
