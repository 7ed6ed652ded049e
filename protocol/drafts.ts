import { z } from 'zod'
import { DRAFTS, MESSAGE_LENGTH } from './limits.ts'
import { RoomId } from './rooms.ts'
import { text } from './text.ts'

const Seq = z.int().positive()

/** Where something is being written: in a room, or in the thread that begins with this message. */
const Where = z.object({ roomId: RoomId, thread: Seq.optional() })

/** What somebody is writing, for themselves alone, on all their devices. */
export const Draft = Where.extend({
  /** With names, not with tokens; empty is over. */
  text: z.string(),
  /** Which message it answers. */
  replyTo: Seq.optional(),
  /** The newest of all of one's drafts has the largest. */
  rev: z.int().positive(),
}).meta({ id: 'Draft', description: 'What one is writing, as it was when it was last kept.' })
export type Draft = z.infer<typeof Draft>

export const draftRequests = {
  'draft:set': {
    summary: `Keep what I am writing, for all my devices, or with an empty text nothing of it. The last to be kept is the newest. At most ${DRAFTS} are kept.`,
    input: Where.extend({ text: text(MESSAGE_LENGTH), replyTo: Seq.optional() }),
    output: z.object({ rev: z.int() }),
  },
  'draft:list': {
    summary: 'What I am writing in rooms that I am in, the oldest first. `next` goes into `after`.',
    input: z.object({ after: z.int().min(0).default(0) }),
    output: z.object({ drafts: z.array(Draft), next: z.int().nullable() }),
  },
}

export const draftEvents = {
  'draft:changed': {
    summary:
      'I have written on another of my devices, which the one that it was written on is not told; or what was written was sent.',
    payload: Draft,
  },
}
