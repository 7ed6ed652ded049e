import { z } from 'zod'
import { Person, PersonId } from './people.ts'
import { Head, RoomId } from './rooms.ts'

/** `here`: looking, or was within 5 minutes. `away`: connected, but idle or hidden. Absent otherwise. */
export const Presence = z.enum(['here', 'away'])
export type Presence = z.infer<typeof Presence>

export const presenceRequests = {
  'presence:set': {
    summary: 'What this tab knows of its person. Over all tabs and devices the most present counts.',
    input: z.object({ presence: Presence }),
    output: z.object({}),
  },
}

export const presenceEvents = {
  'presence:changed': {
    summary: 'Who came, went away, or left (`null`) within a moment. Passing.',
    payload: z.object({ presence: z.record(PersonId, Presence.nullable()) }),
  },
  'presence:notice': {
    summary:
      'Who joined or left the place within a moment, in order. Passing, never stored. A reconnect within the grace of 30 s makes none.',
    payload: z.object({
      roomId: RoomId,
      notices: z.array(z.object({ person: Person, kind: z.enum(['joined', 'left']) })),
    }),
  },
  heads: {
    summary: 'The heads of all my rooms and of people, repeated every 25 s: finds what was lost at the very end.',
    payload: z.object({ rooms: z.record(RoomId, Head), people: z.int() }),
  },
}
