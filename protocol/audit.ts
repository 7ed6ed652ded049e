import { z } from 'zod'
import { Person, PersonId } from './people.ts'
import { RoomId } from './rooms.ts'

/** One act of somebody who looks after the place or a room. Nothing that people wrote is in it. */
export const AuditEntry = z
  .object({
    /** Rises from one entry to the next. */
    id: z.int().positive(),
    at: z.int(),
    /** The request that did it, such as `people:role`. */
    action: z.string(),
    by: PersonId,
    /** Whom it was done to, and where; null where it is nobody or the whole place. */
    personId: PersonId.nullable(),
    roomId: RoomId.nullable(),
    /** What else is worth knowing, such as `{ from, to }` of a role, or `until` of a mute. */
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'AuditEntry', description: 'One act of somebody who looks after the place or a room.' })
export type AuditEntry = z.infer<typeof AuditEntry>

export const auditRequests = {
  'audit:list': {
    summary:
      'What was done by those who look after the place and its rooms, newest first, in pages; of one person: by them or to them. Without private rooms that one is not in. For owners and admins, who can download all of it at `GET /api/audit`, one JSON object a line.',
    input: z.object({ personId: PersonId.optional(), after: z.int().positive().optional() }),
    output: z.object({
      entries: z.array(AuditEntry),
      people: z.array(Person),
      /** Of the rooms in it. */
      rooms: z.record(RoomId, z.string()),
      next: z.int().nullable(),
    }),
  },
}
