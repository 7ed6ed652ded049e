import { z } from 'zod'
import { MESSAGE_LENGTH } from './limits.ts'
import { RoomId } from './rooms.ts'
import { text } from './text.ts'

const ScheduledId = z.uuid().toLowerCase()

/** A message that is to be sent later, by the server, as if its author sent it then. Nobody else learns of it before. */
export const Scheduled = z
  .object({
    /** Its author's own name for it, made where it was written. */
    id: ScheduledId,
    roomId: RoomId,
    body: z.string(),
    /** When it is to be sent. Milliseconds since the Unix epoch, by the server's clock. */
    at: z.int(),
    /** Why it was not sent when its time had come, in a sentence; null as long as it has not. It stays until it is changed or taken back. */
    failed: z.string().nullable(),
  })
  .meta({ id: 'Scheduled', description: 'A message of one’s own that is to be sent later.' })
export type Scheduled = z.infer<typeof Scheduled>

const All = z.object({ scheduled: z.array(Scheduled) })

export const scheduledRequests = {
  'scheduled:set': {
    summary:
      'Have a message sent later, or change one that is to be: its room, text and time. Repeating it changes nothing. A time that has passed is now.',
    input: z.object({
      id: ScheduledId,
      roomId: RoomId,
      body: text(MESSAGE_LENGTH).refine((body) => body.trim() !== '', 'A message needs some text.'),
      at: z.int().min(0),
    }),
    output: Scheduled,
  },
  'scheduled:cancel': {
    summary: 'Take back what was to be sent. Twice is once.',
    input: z.object({ id: ScheduledId }),
    output: z.object({}),
  },
  'scheduled:list': { summary: 'What I have to be sent, the next first.', input: z.object({}), output: All },
}

export const scheduledEvents = {
  'scheduled:changed': {
    summary: 'What I have to be sent is another: all of it, on all my devices.',
    payload: All,
  },
}
