import { z } from 'zod'
import { MessageFile, SentFiles } from './files.ts'
import { MESSAGE_LENGTH, PAGE_SIZE, POLL_LEAST, POLL_MOST, POLL_OPTION_LENGTH } from './limits.ts'
import { Person, PersonId } from './people.ts'
import { Head, RoomId } from './rooms.ts'
import { text } from './text.ts'

/** One emoji, as a sequence that Unicode recommends for exchange, or one of the place's own: its name between colons. */
export const ReactionEmoji = z
  .string()
  .max(64)
  .regex(/^(?:\p{RGI_Emoji}|:[a-z0-9_+\-]{2,32}:)$/v, 'A reaction is one emoji.')

/** One emoji, and who has reacted with it, in order. */
export const Reaction = z
  .object({ emoji: z.string(), by: z.array(PersonId) })
  .meta({ id: 'Reaction', description: 'One emoji, and who has reacted to a message with it, in order.' })
export type Reaction = z.infer<typeof Reaction>

/** What one may vote for in a message that asks something, and whether for several of them. */
export const NewPoll = z.object({
  options: z
    .array(text(POLL_OPTION_LENGTH).refine((option) => option.trim() !== '', 'An option needs some text.'))
    .min(POLL_LEAST)
    .max(POLL_MOST)
    .refine((options) => new Set(options).size === options.length, 'No two options are the same.'),
  multiple: z.boolean(),
})
export type NewPoll = z.infer<typeof NewPoll>

/** A poll, whose question is the text of its message. */
export const Poll = NewPoll.extend({
  options: z.array(z.string()),
  /** By option, in their order: who votes for it, in order. */
  votes: z.array(z.array(PersonId)),
  /** Who closed it, and when. Left out as long as one can vote. */
  closed: z.object({ by: PersonId, at: z.int() }).optional(),
}).meta({ id: 'Poll', description: 'What one may vote for in a message, and who votes for it.' })
export type Poll = z.infer<typeof Poll>

/** Whose words a message repeats, and when they said them. */
export const Forwarded = z
  .object({
    authorId: PersonId,
    sentAt: z.int(),
    /** Where they stand, in a public room or in this one. Left out of what was said elsewhere: nobody learns of that room. */
    from: z.object({ roomId: RoomId, seq: z.int().positive() }).optional(),
  })
  .meta({
    id: 'Forwarded',
    description: 'Whose words a message repeats, when they said them and, if it is told, where.',
  })
export type Forwarded = z.infer<typeof Forwarded>

/** The page that a message links to, in the words that it has for itself: never more than text. */
export const LinkPreview = z
  .object({
    url: z.string(),
    /** The host that it is at. Nobody gives it another name. */
    site: z.string(),
    /** Left out as long as nobody has asked the page, and for good if it did not say. */
    title: z.string().optional(),
  })
  .meta({
    id: 'LinkPreview',
    description: 'The page that a message links to: where it is and, if it says so, its title.',
  })
export type LinkPreview = z.infer<typeof LinkPreview>

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
    /**
     * Whom its text mentions, of those who were in the room when it was written: their ids, `room` for everybody in it, and
     * `here` with the ids of those who were here. Left out if nobody.
     */
    mentions: z.array(z.string()).optional(),
    /** The message of the same room that this one answers, and the one that their thread begins with. Left out if none. */
    replyTo: z.int().positive().optional(),
    thread: z.int().positive().optional(),
    /** Of a reply: who had written in its thread before and is in the room, the newest of them. It is for them as well. */
    concerns: z.array(PersonId).optional(),
    /**
     * Of the message that a thread begins with: how many replies there are, the position of the newest, and who wrote last. Left out if none.
     */
    replies: z
      .object({ count: z.int().positive(), lastSeq: z.int().positive(), by: z.array(PersonId).max(3) })
      .optional(),
    /** Who pinned it to its room, and when. Left out if nobody has. */
    pinned: z.object({ by: PersonId, at: z.int() }).optional(),
    /** It says what somebody has said elsewhere: nobody changes it, and it mentions nobody. Left out of what is its author's own. */
    forwarded: Forwarded.optional(),
    /** Left out if it is none. */
    poll: Poll.optional(),
    /** Where its first link leads. Left out where the room does not tell, and once somebody has taken it away. */
    preview: LinkPreview.optional(),
    /** In the order in which each emoji was first used. Left out if nobody has reacted. */
    reactions: z.array(Reaction).optional(),
    /** Left out if there are none. */
    files: z.array(MessageFile).optional(),
    /** Milliseconds since the Unix epoch, by the server's clock. Shown, never ordered by. */
    sentAt: z.int(),
    /** When the author last changed the text, on the same clock; null if never. */
    editedAt: z.int().nullable(),
    /** What is left of a deleted message: its position, whose it was and when it was sent. */
    deleted: z.boolean(),
    /** It was deleted by somebody else than its author, who looks after the room or the place. */
    moderated: z.boolean(),
  })
  .meta({ id: 'Message', description: 'A message as it is stored and as every screen receives it.' })
export type Message = z.infer<typeof Message>

/** Messages of a room in order, with the room's head when they were read. */
export const MessagePage = z
  .object({
    roomId: RoomId,
    head: Head,
    /** Ascending by `seq`, without gaps. */
    messages: z.array(Message),
    /** Everybody who wrote them, and whom they name; of those who reacted, the first of each emoji. */
    people: z.array(Person),
  })
  .meta({ id: 'MessagePage', description: 'Messages of a room in order, with the room’s head when they were read.' })
export type MessagePage = z.infer<typeof MessagePage>

/** One of the texts that a message has had. */
export const Version = z.object({
  /** Rises from one text of a message to the next. */
  rev: z.int().positive(),
  body: z.string(),
  /** When it was written. Milliseconds since the Unix epoch, by the server's clock. */
  writtenAt: z.int(),
})
export type Version = z.infer<typeof Version>

/** Texts of one message, newest first. `next` goes into `before`. */
export const History = z.object({
  versions: z.array(Version),
  /** Everybody whom they name. */
  people: z.array(Person),
  next: z.int().positive().nullable(),
})
export type History = z.infer<typeof History>

const Body = text(MESSAGE_LENGTH).refine((body) => body.trim() !== '', 'A message needs some text.')

export const OneMessage = z.object({ roomId: RoomId, seq: z.int().positive() })

export const SendMessage = z
  .object({
    roomId: RoomId,
    key: z.uuid().toLowerCase(),
    body: text(MESSAGE_LENGTH),
    /** The message of this room that it answers; a deleted one may be answered as well. */
    replyTo: z.int().positive().optional(),
    /** A message that one sees, which this one repeats: its text and files are taken from there, and `body` is passed over. */
    forward: OneMessage.optional(),
    /** What one may vote for. The text is the question. */
    poll: NewPoll.optional(),
    /** Uploads of one's own to this room, each for one message. */
    files: SentFiles.optional(),
  })
  .refine(({ body, forward, files }) => forward !== undefined || files !== undefined || body.trim() !== '', {
    path: ['body'],
    message: 'A message needs some text or a file.',
  })
  .refine(({ forward, poll, files }) => [forward, poll, files].filter(Boolean).length < 2, {
    path: ['files'],
    message: 'A message repeats another one, asks something or has files: one of these.',
  })
export type SendMessage = z.infer<typeof SendMessage>

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
      'Write a message. Answered once it is on disk. The same key, text and files again, as an answer to the same message or to none, or the same forward or poll, is the same message, answered in its newest state.',
    input: SendMessage,
    output: Message,
  },
  'message:edit': {
    summary:
      'Give a message of one’s own another text, but not what one has forwarded. Its place, key and time stay; the same text again changes nothing.',
    input: EditMessage,
    output: Message,
  },
  'message:delete': {
    summary:
      'Delete a message for everybody: one’s own, or one of somebody below oneself in a room that one looks after. Nobody reads it any more, and a few seconds later its text is left nowhere; deleting twice is deleting once.',
    input: OneMessage,
    output: Message,
  },
  'message:restore': {
    summary:
      'Put back what one has deleted oneself within the last 8 s: one’s own where one may write, and that of others where one still looks after it.',
    input: OneMessage,
    output: Message,
  },
  'message:history': {
    summary:
      'What a message said before it was edited and says now, newest first, in pages: the newest 50 texts. For those who are in its room; of a deleted one there is none.',
    input: OneMessage.extend({
      /** Texts before this one. */
      before: z.int().positive().optional(),
    }),
    output: History,
  },
  'message:list': {
    summary: 'A page of history: before, after or around a position, or the newest.',
    input: ListMessages,
    output: MessagePage,
  },
}
