import { z } from 'zod'
import { Message } from './messages.ts'
import { PINS } from './limits.ts'
import { Person } from './people.ts'
import { RoomId } from './rooms.ts'

export const pinRequests = {
  'message:pin': {
    summary: `Pin a message to its room, or take that back: whoever may write there does. A room has ${PINS} pinned messages at most.`,
    input: z.object({ roomId: RoomId, seq: z.int().positive(), on: z.boolean() }),
    output: Message,
  },
  'pin:list': {
    summary: 'The pinned messages of a room, the one that was pinned last first. `next` goes into `after`.',
    input: z.object({ roomId: RoomId, after: z.string().max(64).optional() }),
    output: z.object({
      messages: z.array(Message),
      /** Everybody of whom they speak. */
      people: z.array(Person),
      next: z.string().nullable(),
    }),
  },
}
