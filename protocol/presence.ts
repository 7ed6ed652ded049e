import { z } from 'zod'
import { Person, PersonId } from './people.ts'
import { Lasting } from './profile.ts'
import { Head, RoomId } from './rooms.ts'
import { MySettings } from './settings.ts'

/**
 * `here`: looking, or was within 5 minutes. `away`: connected, but idle or hidden. `busy`: connected, and has said that they are
 * not to be disturbed. Absent otherwise.
 */
export const Presence = z.enum(['here', 'away', 'busy'])
export type Presence = z.infer<typeof Presence>

/** Up to where presence was told; another word after each start of the server, and for itself it means nothing. */
export const PresenceAt = z.string()

export const presenceRequests = {
  'presence:set': {
    summary: 'What this tab knows of its person. Over all tabs and devices the most present counts.',
    input: z.object({ presence: Presence.exclude(['busy']) }),
    output: z.object({}),
  },
  'presence:busy': {
    summary:
      'I am not to be disturbed for so long from now on, on all devices; or without an end (null), or not any more (0).',
    input: z.object({ milliseconds: z.union([z.literal(0), Lasting]) }),
    output: MySettings,
  },
}

export const presenceEvents = {
  'presence:changed': {
    summary: 'Who came, went away, or left (`null`) within a moment. Passing.',
    payload: z.object({ presence: z.record(PersonId, Presence.nullable()), presenceAt: PresenceAt }),
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
