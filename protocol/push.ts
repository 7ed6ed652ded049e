import { z } from 'zod'
import { DAY, MUTE_DAYS } from './limits.ts'
import { Alerts, Level, RoomId } from './rooms.ts'

/** Where a browser can be reached, as its PushManager gives it: an address, and two keys (base64url) that only it can read with. */
export const PushSubscription = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(1024),
  p256dh: z.string().regex(/^[\w-]{86,88}={0,2}$/),
  auth: z.string().regex(/^[\w-]{21,24}={0,2}$/),
})
export type PushSubscription = z.infer<typeof PushSubscription>

const Endpoint = z.object({ endpoint: z.string().max(1024) })

export const pushRequests = {
  'push:room': {
    summary: 'How much of a room one wants to hear of, on all one’s devices; `mutedFor` is milliseconds, 0 ends it.',
    input: z.object({
      roomId: RoomId,
      level: Level.optional(),
      mutedFor: z
        .int()
        .min(0)
        .max(MUTE_DAYS * DAY)
        .optional(),
    }),
    output: Alerts,
  },
  'push:looking': {
    summary: 'Which room this tab shows to somebody who is looking at it, or none: what is looked at is not told of.',
    input: z.object({ roomId: RoomId.nullable() }),
    output: z.object({}),
  },
  'push:key': {
    summary: 'The public key (base64url) by which a browser knows that it is this place that reaches it.',
    input: z.object({}),
    output: z.object({ key: z.string() }),
  },
  'push:subscribe': {
    summary:
      'Reach this browser here, for as long as it is signed in. Only at push services that are known: see PUSH_HOSTS.',
    input: PushSubscription,
    output: z.object({}),
  },
  'push:unsubscribe': {
    summary: 'Reach this browser no more.',
    input: Endpoint,
    output: z.object({}),
  },
  'push:test': {
    summary: 'Send a notification to one’s own browser; answers what its push service said.',
    input: Endpoint,
    output: z.object({
      sent: z.boolean(),
      /** The push service's HTTP status; null if it could not be reached. */
      status: z.int().nullable(),
    }),
  },
}

export const pushEvents = {
  'push:changed': {
    summary: 'How much of a room I want to hear of has changed, on this device or another.',
    payload: z.object({ roomId: RoomId, alerts: Alerts }),
  },
}

/** What a push service delivers, as the browser's worker reads it. One notification per room: a newer one takes its place. */
export type Push =
  | {
      type: 'shown'
      roomId: string
      /** It is a reminder of this message: a notification of its own. */
      seq?: number
      /** Null for a direct room: its name is who wrote. */
      room: string | null
      /** Who wrote the newest. */
      by: string
      /** At least one of them is for the reader. */
      forYou: boolean
      /** How many are unread in the room by now, up to 100. */
      count: number
      /** The beginning of the newest, where its reader lets notifications show words. */
      text: string | null
    }
  /** Read on another device: it goes. */
  | { type: 'read'; roomId: string }
