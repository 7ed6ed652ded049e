import { z } from 'zod'
import { FOR_YOU_PAGE } from './limits.ts'
import { Message } from './messages.ts'
import { Person } from './people.ts'

export const forYouRequests = {
  'for-you:list': {
    summary: `The messages that mention me, or go on in a thread where I wrote, newest first, ${FOR_YOU_PAGE} at a time: of rooms that I am in, and of what was said to everybody in a room, since I am in it.`,
    input: z.object({ after: z.string().max(256).optional() }),
    output: z.object({
      messages: z.array(Message),
      /** Everybody who wrote them, and whom they name. */
      people: z.array(Person),
      next: z.string().nullable(),
    }),
  },
}
