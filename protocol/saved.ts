import { z } from 'zod'
import { SAVED } from './limits.ts'
import { Message } from './messages.ts'
import { Person } from './people.ts'
import { RoomId } from './rooms.ts'

const Saving = z.object({ roomId: RoomId, seq: z.int().positive(), on: z.boolean() })

export const savedRequests = {
  'saved:set': {
    summary: `Keep a message for later, for oneself alone, or let go of it. At most ${SAVED} are kept.`,
    input: Saving,
    output: z.object({}),
  },
  'saved:list': {
    summary:
      'What I have kept for later and may still see, the newest first. `next` goes into `after`; a page may be empty before the last.',
    input: z.object({ after: z.string().max(256).optional() }),
    output: z.object({
      messages: z.array(Message),
      /** Everybody of whom they speak. */
      people: z.array(Person),
      next: z.string().nullable(),
    }),
  },
}

export const savedEvents = {
  'saved:changed': {
    summary: 'I have kept something for later, or let go of it, on this device or another.',
    payload: Saving,
  },
}
