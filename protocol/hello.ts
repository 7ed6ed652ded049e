import { z } from 'zod'
import { Person, PersonId } from './people.ts'
import { PlaceState } from './place.ts'
import { Presence, PresenceAt } from './presence.ts'
import { MyRoom } from './rooms.ts'
import { MySettings } from './settings.ts'

/** The first thing the server says on a connection. */
export const Hello = z
  .object({
    protocol: z.int(),
    /** Which build of the client the server serves. */
    build: z.string(),
    /** Random, made with the database, changed by a restore. Another log id: drop every cache and start over. */
    logId: z.string(),
    /** The server's clock: what a device with another one shows beside messages of its own until they are stored. */
    now: z.int(),
    place: PlaceState,
    me: Person,
    settings: MySettings,
    rooms: z.array(MyRoom),
    /**
     * The people of my direct rooms, and those of `presence`; of these only who has changed since `auth.peopleRev`, if the
     * client says so with the log id that it belongs to. Whom it does not know all the same, it asks for.
     */
    people: z.array(Person),
    /** Newest change among people; the cursor for `people:sync`. */
    peopleRev: z.int(),
    /** Whether a message that I may read ever mentioned me. */
    mentioned: z.boolean(),
    /** Everybody who is here. With `presenceSince` only what is another than then: null for who is gone. */
    presence: z.record(PersonId, Presence.nullable()),
    /** To be given as `auth.presenceAt` by a client that comes back and still knows `presence` as it was told. */
    presenceAt: PresenceAt,
    /** What the client gave as `auth.presenceAt`, if everything since is known; left out if not. */
    presenceSince: PresenceAt.optional(),
  })
  .meta({ id: 'Hello', description: 'The first thing the server says on a connection.' })
export type Hello = z.infer<typeof Hello>

export const helloEvents = {
  hello: {
    summary:
      'After connecting, before anything else; and to a connection that could not keep up, when it has read what waited.',
    payload: Hello,
  },
  restarting: {
    summary:
      'The server is about to end. Disconnect, and come back after `delay` milliseconds, so that not all come at once.',
    payload: z.object({ delay: z.int().min(0) }),
  },
}
