import { z } from 'zod'
import { PURGE_STATES } from './choices.ts'
import { ADDRESS_DAYS, DAY, MUTE_DAYS } from './limits.ts'
import { Person, PersonId } from './people.ts'
import { RoomId } from './rooms.ts'

/** Somebody may read, and not write. */
export const Mute = z
  .object({
    /** Null: anywhere in the place. */
    roomId: RoomId.nullable(),
    /** Milliseconds since the Unix epoch, by the server's clock. */
    until: z.int(),
  })
  .meta({ id: 'Mute', description: 'Where somebody may read and not write, and until when.' })
export type Mute = z.infer<typeof Mute>

/** Many messages of somebody that were deleted in one act, which can be undone for a day. */
export const Purge = z
  .object({
    id: z.string(),
    personId: PersonId,
    /** Null: wherever who did it looks after it. */
    roomId: RoomId.nullable(),
    by: PersonId,
    at: z.int(),
    /** So long they can be put back; then they are erased for good. */
    undoUntil: z.int(),
    /** So many of them are deleted, or put back, so far. */
    done: z.int().min(0),
    state: z.enum(PURGE_STATES),
  })
  .meta({ id: 'Purge', description: 'Many messages of somebody that were deleted in one act.' })
export type Purge = z.infer<typeof Purge>

/** What moderation means to oneself, as of now. */
export const Moderation = z
  .object({
    /** Where I may not write. */
    mutes: z.array(Mute),
    /** Whom I have blocked. Nobody else learns of it. */
    blocked: z.array(PersonId),
    /** Reports that nobody has dealt with yet; 0 for whoever does not look after the place. */
    reports: z.int().min(0),
  })
  .meta({ id: 'Moderation', description: 'What moderation means to oneself, as of now.' })
export type Moderation = z.infer<typeof Moderation>

const Where = z.object({ personId: PersonId, roomId: RoomId.nullable().default(null) })

export const moderationRequests = {
  'moderation:mute': {
    summary:
      'Let somebody read and not write for a time: in one room, or with null anywhere. For whoever looks after the room or the place, of those below them. Once more sets another end.',
    input: Where.extend({
      milliseconds: z
        .int()
        .min(60_000)
        .max(MUTE_DAYS * DAY),
    }),
    output: Mute,
  },
  'moderation:unmute': {
    summary: 'Let somebody write again. Twice is once.',
    input: Where,
    output: z.object({}),
  },
  'moderation:ban': {
    summary: `Remove somebody from the place, and keep the door shut under that person: no session, link or invitation of theirs works until the ban is lifted. \`addressDays\`: nobody comes in from where they are connected just now either, for so many days; \`address\` in the answer says whether there was such a place that nobody needs who looks after Natter. For owners and admins, of those below them.`,
    input: z.object({ personId: PersonId, addressDays: z.int().min(1).max(ADDRESS_DAYS).nullable().default(null) }),
    output: z.object({ person: Person, address: z.boolean() }),
  },
  'moderation:lift': {
    summary:
      'Let somebody who was banned come back: their browsers are signed in again, and they are in the default room, unless they are a guest. What was shut with it is open. For owners and admins, of those below them.',
    input: z.object({ personId: PersonId }),
    output: Person,
  },
  'moderation:bans': {
    summary: 'Who is banned, by name, in pages. For owners and admins.',
    input: z.object({ after: z.string().max(256).optional() }),
    output: z.object({ people: z.array(Person), next: z.string().nullable() }),
  },
  'moderation:about': {
    summary:
      'What is in force about somebody, as far as one looks after it: where they are muted, whether they are banned, and which deletions can still be undone.',
    input: Where,
    output: z.object({ mutes: z.array(Mute), banned: z.boolean(), purges: z.array(Purge) }),
  },
  'moderation:purge': {
    summary:
      'Delete what somebody has written within a time, in one room or in all that one looks after. Answered when it has begun; `moderation:about` says how far it is. For a day it can be undone.',
    input: Where.extend({ within: z.enum(['day', 'week', 'ever']) }),
    output: Purge,
  },
  'moderation:undo': {
    summary: 'Put back everything that was deleted in one act, within a day of it.',
    input: z.object({ id: z.string().min(1).max(32) }),
    output: Purge,
  },
}

export const moderationEvents = {
  'moderation:changed': {
    summary: 'What moderation means to me, after `hello` and whenever it changes, on all of my devices.',
    payload: Moderation,
  },
}
