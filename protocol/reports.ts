import { z } from 'zod'
import { OUTCOMES } from './choices.ts'
import { REASON_LENGTH } from './limits.ts'
import { Person, PersonId } from './people.ts'
import { RoomId } from './rooms.ts'
import { text } from './text.ts'

/** What came of it. */
export const Outcome = z.enum(OUTCOMES)
export type Outcome = z.infer<typeof Outcome>

/** A message that somebody found should be looked at. */
export const Report = z
  .object({
    id: z.string(),
    at: z.int(),
    /** Null for a room that whoever reads the report may not see. */
    room: z.object({ id: RoomId, name: z.string(), seq: z.int().positive() }).nullable(),
    authorId: PersonId,
    reporterId: PersonId,
    /** As the message stood then. Empty once the report is dealt with: the copy is kept no longer than it is needed. */
    body: z.string(),
    reason: z.string(),
    /** Null as long as nobody has dealt with it. */
    outcome: Outcome.nullable(),
    resolvedBy: PersonId.nullable(),
    resolvedAt: z.int().nullable(),
  })
  .meta({ id: 'Report', description: 'A message that somebody found should be looked at.' })
export type Report = z.infer<typeof Report>

export const reportRequests = {
  'report:make': {
    summary:
      'Show a message to those who look after the place, as it stands, with a reason if one likes. Nobody else learns of it. Twice is once.',
    input: z.object({ roomId: RoomId, seq: z.int().positive(), reason: text(REASON_LENGTH).default('') }),
    output: z.object({}),
  },
  'report:list': {
    summary:
      'What was reported, oldest first while it is open, newest first of what was dealt with, in pages. Not what one has written oneself. For owners and admins.',
    input: z.object({ open: z.boolean().default(true), after: z.string().max(64).optional() }),
    output: z.object({ reports: z.array(Report), people: z.array(Person), next: z.string().nullable() }),
  },
  'report:resolve': {
    summary:
      'Say what came of it, once it is done: of all reports of that message together. The copy of its text is erased. For owners and admins.',
    input: z.object({ id: z.string().min(1).max(32), outcome: Outcome }),
    output: Report,
  },
}
