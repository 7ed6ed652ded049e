import { z } from 'zod'
import { MESSAGE_LENGTH, PAGE_SIZE } from './limits.ts'
import { Person, PersonId } from './people.ts'
import { Head, Member, Room, RoomId } from './rooms.ts'
import { text } from './text.ts'

/** A message as it is stored and as every screen receives it. Everybody knows it as room + `seq`. */
export const Message = z
  .object({
    roomId: RoomId,
    /** Position in its room: 1, 2, 3… without gaps. Assigned by the server. */
    seq: z.int().positive(),
    /** The room's `rev` at this message's newest change. */
    rev: z.int().positive(),
    authorId: PersonId,
    /** The sender's own name for this message. Sending the same key twice is sending once. */
    key: z.uuid(),
    /** Empty once it was deleted. */
    body: z.string(),
    /** Milliseconds since the Unix epoch, by the server's clock. Shown, never ordered by. */
    sentAt: z.int(),
    /** When the author last changed the text, on the same clock; null if never. */
    editedAt: z.int().nullable(),
    /** What is left of a deleted message: its position, whose it was and when it was sent. */
    deleted: z.boolean(),
  })
  .meta({ id: 'Message', description: 'A message as it is stored and as every screen receives it.' })
export type Message = z.infer<typeof Message>

/** The newest state of one thing of a room. Keep it if its `rev` is larger than that of the one held. */
export const Change = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('message:changed'), message: Message }),
    z.object({ type: z.literal('room:changed'), room: Room }),
    z.object({ type: z.literal('member:changed'), member: Member }),
  ])
  .meta({
    id: 'Change',
    description: 'The newest state of one thing of a room: a message, the room itself, or a membership.',
  })
export type Change = z.infer<typeof Change>

/** Everything that changed in a room after revision `after` up to revision `rev`, oldest change first. */
export const RoomChanges = z
  .object({
    roomId: RoomId,
    after: z.int().min(0),
    rev: z.int().positive(),
    changes: z.array(Change),
    /** Everybody whom the changes speak of, so that no name has to be asked for. */
    people: z.array(Person),
  })
  .meta({
    id: 'RoomChanges',
    description: 'Everything that changed in a room after revision `after` up to revision `rev`.',
  })
export type RoomChanges = z.infer<typeof RoomChanges>

/** Messages of a room in order, with the room's head when they were read. */
export const MessagePage = z
  .object({
    roomId: RoomId,
    head: Head,
    /** Ascending by `seq`, without gaps. */
    messages: z.array(Message),
    /** Everybody who wrote them. */
    people: z.array(Person),
  })
  .meta({ id: 'MessagePage', description: 'Messages of a room in order, with the room’s head when they were read.' })
export type MessagePage = z.infer<typeof MessagePage>

const Body = text(MESSAGE_LENGTH).refine((body) => body.trim() !== '', 'A message needs some text.')

export const SendMessage = z.object({ roomId: RoomId, key: z.uuid().toLowerCase(), body: Body })
export type SendMessage = z.infer<typeof SendMessage>

const OneMessage = z.object({ roomId: RoomId, seq: z.int().positive() })
export const EditMessage = OneMessage.extend({ body: Body })

export const ListMessages = z.object({
  roomId: RoomId,
  /** Messages below this position, the nearest of them. */
  before: z.int().positive().optional(),
  /** Messages above this position, the nearest of them. */
  after: z.int().min(0).optional(),
  /** Messages on both sides of this position, and it. With none of the three: the newest. */
  around: z.int().positive().optional(),
  limit: z.int().min(1).max(PAGE_SIZE).default(50),
})
export type ListMessages = z.input<typeof ListMessages>

export const messageRequests = {
  'message:send': {
    summary:
      'Write a message. Answered once it is on disk. The same key and text again is the same message, answered in its newest state.',
    input: SendMessage,
    output: Message,
  },
  'message:edit': {
    summary:
      'Give a message of one’s own another text. Its place, key and time stay; the same text again changes nothing.',
    input: EditMessage,
    output: Message,
  },
  'message:delete': {
    summary: 'Delete a message of one’s own, for everybody. Its text is left nowhere; deleting twice is deleting once.',
    input: OneMessage,
    output: Message,
  },
  'message:list': {
    summary: 'A page of history: before, after or around a position, or the newest.',
    input: ListMessages,
    output: MessagePage,
  },
  'room:sync': {
    summary:
      'Everything of a room that changed after `since`, oldest change first, in pages up to the head. A message that was changed later stands on a later page than those after it: put all pages together. Over 1,000 changes behind: `reset` is the newest page instead.',
    input: z.object({ roomId: RoomId, since: z.int().min(0) }),
    output: z.object({ changed: RoomChanges.nullable(), more: z.boolean(), reset: MessagePage.nullable() }),
  },
}

export const messageEvents = {
  events: {
    summary:
      'Everything that one commit changed in one room. One packet per room and batch, the same for every member.',
    payload: RoomChanges,
  },
}
