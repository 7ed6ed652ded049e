import { z } from 'zod'
import { LEVELS, ROOM_KINDS, WRITERS } from './choices.ts'
import { DIRECT_PEOPLE, FAVOURITES, LIST_PAGE, ROOM_NAME_LENGTH, SLOW_MODES, TOPIC_LENGTH } from './limits.ts'
import { Person, PersonId } from './people.ts'
import { madeUp, text } from './text.ts'

export const RoomId = madeUp(32)

export const WhoWrites = z.enum(WRITERS)

/** A room, as its members see it. */
export const Room = z
  .object({
    id: RoomId,
    /** The room's `rev` at its own newest change (name, topic). */
    rev: z.int().positive(),
    /** `public`: anybody in the place may join. `private`: whoever is added; nobody else learns of it. `direct`: between these people alone. */
    kind: z.enum(ROOM_KINDS),
    /** Empty for a direct room: its name are the others. */
    name: z.string(),
    topic: z.string(),
    /** Everybody is in the default room, and nobody leaves it. */
    isDefault: z.boolean(),
    /** Who made it and looks after it, beside owners and admins who are in it; null for the default room and direct ones. */
    madeBy: PersonId.nullable(),
    /** Whom a direct room was begun with, two or more, also those who have left it since; empty otherwise. */
    people: z.array(PersonId),
    /** Put away: to be read, and nothing is written in it; nobody joins. */
    archived: z.boolean(),
    /** `managers`: who made it, and owners and admins who are in it; everybody else reads. */
    whoWrites: WhoWrites,
    /** Before they write here again, everybody but its managers waits so long. Seconds. */
    slowMode: z.int().min(0),
    /** What is written here tells where its links lead. Left out if not. */
    previews: z.literal(true).optional(),
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
    /** Its text is the question of a poll. Left out if it is none. */
    poll: z.literal(true).optional(),
    /** What its files are, left out if there are none. */
    files: z.array(z.object({ type: z.string() })).optional(),
    sentAt: z.int(),
    deleted: z.boolean(),
    /** As of the message. */
    moderated: z.boolean(),
  })
  .meta({ id: 'Preview', description: 'The beginning of a room’s newest message.' })
export type Preview = z.infer<typeof Preview>

/** Of which new messages somebody wants to hear where they are not looking: all, those for them, or none. */
export const Level = z.enum(LEVELS)
export type Level = z.infer<typeof Level>

/** What of a room reaches me beside the screen. Nobody else learns of it. */
export const Alerts = z
  .object({
    level: Level,
    /** Nothing until then, whatever the level; null if it is not muted. Milliseconds since the Unix epoch, by the server's clock. */
    mutedUntil: z.int().nullable(),
  })
  .meta({ id: 'Alerts', description: 'What of a room reaches me beside the screen.' })
export type Alerts = z.infer<typeof Alerts>

/** A room of mine: what it is, how far it has come, how far I have read. */
export const MyRoom = z
  .object({
    room: Room,
    head: Head,
    last: Preview.nullable(),
    /** Position of the newest message I have read. */
    readUpTo: z.int().min(0),
    /** How often I have put that back. */
    readRev: z.int().min(0),
    /** Messages above `readUpTo` that are not mine and not deleted, counted up to 100, as of `head`. */
    unread: z.int().min(0),
    /** Those of them that mention me; in a direct room all of them. Counted up to 100. */
    forYou: z.int().min(0),
    /** When its newest message was sent, or when it was made. Milliseconds since the Unix epoch, by the server's clock. */
    activeAt: z.int(),
    alerts: Alerts,
    /** Its place among my favourites, from 1 on, or null. */
    favourite: z.int().positive().nullable(),
  })
  .meta({ id: 'MyRoom', description: 'A room of mine: what it is, how far it has come, how far I have read.' })
export type MyRoom = z.infer<typeof MyRoom>

const RoomName = z
  .string()
  .min(1)
  .max(4 * ROOM_NAME_LENGTH)
const Topic = text(TOPIC_LENGTH)
const InRoom = z.object({ roomId: RoomId })
const Favourites = z.object({ roomIds: z.array(RoomId) })

export const roomRequests = {
  'room:create': {
    summary:
      'Make a room and be its first member. The name of a public one is unique by appearance; of a private one nobody learns who is not in it.',
    input: z.object({ name: RoomName, topic: Topic.default(''), private: z.boolean().default(false) }),
    output: MyRoom,
  },
  'room:join': {
    summary: 'Become a member of a public room that is not archived. Joining twice is joining once.',
    input: InRoom,
    output: MyRoom,
  },
  'room:leave': {
    summary:
      'Stop being a member. The default room and a conversation of two cannot be left. One of more can; begun again with the same people, it brings back who had left.',
    input: InRoom,
    output: z.object({}),
  },
  'room:rename': {
    summary: 'Give a room another name. For who made it, and owners and admins who are in it.',
    input: z.object({ roomId: RoomId, name: RoomName }),
    output: Room,
  },
  'room:add': {
    summary: 'Bring somebody into a room that one is in. Twice is once.',
    input: z.object({ roomId: RoomId, personId: PersonId }),
    output: z.object({}),
  },
  'room:remove': {
    summary:
      'Take somebody out of a room: nothing of it reaches them from then on. For who made it, and owners and admins who are in it.',
    input: z.object({ roomId: RoomId, personId: PersonId }),
    output: z.object({}),
  },
  'room:topic': {
    summary: 'Say what the room is for, as one of those who write in it.',
    input: z.object({ roomId: RoomId, topic: Topic }),
    output: Room,
  },
  'room:writing': {
    summary:
      'Say who writes in a room, and how long one waits there between two messages. For who made it, and owners and admins who are in it; the waiting is not for them.',
    input: z.object({ roomId: RoomId, whoWrites: WhoWrites.optional(), slowMode: z.literal(SLOW_MODES).optional() }),
    output: Room,
  },
  'room:archive': {
    summary:
      'Put a room away, or bring it back: there to be read, without anybody who writes, joins or changes it; what one has written can still be deleted. For who made it, and owners and admins who are in it; back also from outside of a public one. Never the default room.',
    input: z.object({ roomId: RoomId, archived: z.boolean() }),
    output: Room,
  },
  'room:delete': {
    summary:
      'Delete a room with everything in it, for everybody and for good. For owners who see it. Never the default room, nor a conversation.',
    input: InRoom,
    output: z.object({}),
  },
  'room:arrange': {
    summary:
      'My favourites, in my order; every other room is none. Only my own devices learn of it. A room that I am not in is passed by.',
    input: z.object({ roomIds: z.array(RoomId).max(FAVOURITES) }),
    output: Favourites,
  },
  'room:direct': {
    summary: `The direct room with this person, and with these others: the same people are the same room, made if there was none. ${DIRECT_PEOPLE} people at most, and nobody comes in or is taken out later; a guest is in one only with people they share a room with, unless an owner or admin brings them in.`,
    input: z.object({ personId: PersonId, others: z.array(PersonId).max(DIRECT_PEOPLE).default([]) }),
    output: MyRoom,
  },
  'room:list': {
    summary: 'The public rooms by name, in pages; or the archived ones, with the private ones among them that I am in.',
    input: z.object({
      query: z.string().max(64).default(''),
      archived: z.boolean().default(false),
      after: z.string().max(256).optional(),
    }),
    output: z.object({
      rooms: z.array(z.object({ room: Room, members: z.int(), joined: z.boolean() })),
      next: z.string().nullable(),
    }),
  },
  'room:members': {
    summary: `The people in a room by name, ${LIST_PAGE} at a time, or those one of whose words begins with \`query\`; and how many there are.`,
    input: z.object({
      roomId: RoomId,
      query: z.string().max(64).default(''),
      after: z.string().max(256).optional(),
      limit: z.int().min(1).max(LIST_PAGE).default(LIST_PAGE),
    }),
    output: z.object({ people: z.array(Person), next: z.string().nullable(), total: z.int() }),
  },
}

export const roomEvents = {
  'room:joined': {
    summary: 'I am in a room I was not in before: joined in another tab, or somebody opened a direct room with me.',
    payload: z.object({ mine: MyRoom, people: z.array(Person) }),
  },
  'room:left': {
    summary: 'I am no longer in this room, or it is no more. Nothing of it follows.',
    payload: z.object({ roomId: RoomId }),
  },
  'room:arranged': {
    summary: 'My favourites in their newest order, on this device or another.',
    payload: Favourites,
  },
}
