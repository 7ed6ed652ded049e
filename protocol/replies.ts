import { z } from 'zod'
import { PAGE_SIZE } from './limits.ts'
import { Message } from './messages.ts'
import { Person } from './people.ts'
import { Head, RoomId } from './rooms.ts'

/** Messages of a room, in order, from anywhere in it. */
export const SomeMessages = z
  .object({
    roomId: RoomId,
    /** The room's head when they were read. */
    head: Head,
    /** Ascending by `seq`. */
    messages: z.array(Message),
    /** Everybody of whom they speak. */
    people: z.array(Person),
  })
  .meta({ id: 'SomeMessages', description: 'Messages of a room, in order, from anywhere in it.' })
export type SomeMessages = z.infer<typeof SomeMessages>

export const replyRequests = {
  'message:get': {
    summary: 'Single messages of a room, as replies quote them: those of these that there are, as many as fit a page.',
    input: z.object({ roomId: RoomId, seqs: z.array(z.int().positive()).max(PAGE_SIZE) }),
    output: SomeMessages,
  },
  'message:replies': {
    summary:
      'The replies of the thread that begins with a message: the newest, or those before a position. `next` goes into `before`; null where there are no more.',
    input: z.object({
      roomId: RoomId,
      seq: z.int().positive(),
      before: z.int().positive().optional(),
      limit: z.int().min(1).max(PAGE_SIZE).default(50),
    }),
    output: SomeMessages.extend({ next: z.int().nullable() }),
  },
}
