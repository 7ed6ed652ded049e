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
    summary: 'Somebody came, went away, or left (`null`). Passing.',
    payload: z.object({ personId: PersonId, presence: Presence.nullable() }),
  },
  'presence:notice': {
    summary:
      'Somebody joined or left: the place, or one room. Passing, never stored. A reconnect within the grace of 30 s makes none.',
    payload: z.object({ roomId: RoomId, person: Person, kind: z.enum(['joined', 'left']) }),
  },
  heads: {
    summary: 'The heads of all my rooms and of people, repeated every 25 s: finds what was lost at the very end.',
    payload: z.object({ rooms: z.record(RoomId, Head), people: z.int() }),
  },
}
