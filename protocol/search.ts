import { z } from 'zod'
import { SEARCH_LENGTH, SEARCH_PAGE, SEARCH_PAGE_MOST } from './limits.ts'
import { Message } from './messages.ts'
import { Person } from './people.ts'
import { Preview, RoomId } from './rooms.ts'
import { text } from './text.ts'
import { Zone } from './zone.ts'

/** A message that was found. */
export const Hit = z
  .object({
    message: Message,
    /** Where in what of it is looked through it says what was looked for, in order: [start, end) in UTF-16 code units. */
    marks: z.array(z.tuple([z.int().min(0), z.int().min(0)])),
    /** The message above it in its room, and the one below. Nothing deleted, of nobody who is blocked; left out if there is none near. */
    before: Preview.optional(),
    after: Preview.optional(),
  })
  .meta({
    id: 'Hit',
    description: 'A message that was found, where it says what was looked for, and what stands around it.',
  })
export type Hit = z.infer<typeof Hit>

export const Order = z.enum(['newest', 'best'])
export type Order = z.infer<typeof Order>

export const SearchMessages = z.object({
  query: text(SEARCH_LENGTH),
  order: Order.default('newest'),
  /** Go on after this one, as the last answer's `next` gave it. */
  after: z.string().max(64).optional(),
  limit: z.int().min(1).max(SEARCH_PAGE_MOST).default(SEARCH_PAGE),
  /** Where the days of `before:` and `after:` begin. */
  zone: Zone.default('UTC'),
})

export const searchRequests = {
  'search:messages': {
    summary:
      'The messages of one’s rooms that say what is looked for: all of the words, of which a beginning of two letters is enough, in any script, whatever their case and accents; "in quotes" as they stand. `from:` a person or me, `in:` a room, `has:link`, `has:code`, `has:file`, `has:image`, `is:pinned`, `before:` and `after:` a day such as 2026-11-01; values with spaces in quotes. Nothing of blocked people. A newer search of the same person ends the one before it.',
    input: SearchMessages,
    output: z.object({
      hits: z.array(Hit),
      /** Everybody who wrote them and what is around them, and whom they name. */
      people: z.array(Person),
      next: z.string().nullable(),
      /** False where the time was over, or older messages are still being made ready: there may be more than what is told. */
      all: z.boolean(),
    }),
  },
  'message:at': {
    summary: 'The position of the first message of a room that was sent at this time or after it, if there is one.',
    input: z.object({
      roomId: RoomId,
      /** Milliseconds since the Unix epoch. */
      time: z.int(),
    }),
    output: z.object({ seq: z.int().positive().nullable() }),
  },
}
