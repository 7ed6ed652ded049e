import { z } from 'zod'
import { INVITED_ROLES } from './choices.ts'
import { DAY, INVITE_DAYS, INVITE_ROOMS, INVITE_USES } from './limits.ts'
import { Person, PersonId } from './people.ts'
import { RoomId } from './rooms.ts'

/** As what somebody may be invited: nobody becomes more than that by a link. */
export const InvitedRole = z.enum(INVITED_ROLES)

/** A link by which people come in. Its token is in the link alone; here only its hash is kept. */
export const Invite = z
  .object({
    id: z.string(),
    role: InvitedRole,
    /** Rooms that they are in from the beginning, beside the default one; a guest is in these alone. */
    roomIds: z.array(RoomId),
    /** How many came by it, and how many more may: null for any number. */
    used: z.int().min(0),
    left: z.int().min(0).nullable(),
    /** Milliseconds since the Unix epoch, by the server's clock; null for never. */
    expiresAt: z.int().nullable(),
    revoked: z.boolean(),
    createdBy: PersonId,
    createdAt: z.int(),
  })
  .meta({ id: 'Invite', description: 'A link by which people come in. Its token is in the link alone.' })
export type Invite = z.infer<typeof Invite>

export const CreateInvite = z
  .object({
    role: InvitedRole.default('member'),
    roomIds: z.array(RoomId).max(INVITE_ROOMS).default([]),
    /** Null for any number. */
    uses: z.int().min(1).max(INVITE_USES).nullable().default(null),
    /** From now on; null for ever. */
    milliseconds: z
      .int()
      .min(60_000)
      .max(INVITE_DAYS * DAY)
      .nullable()
      .default(7 * DAY),
  })
  .refine(({ role, roomIds }) => role !== 'guest' || roomIds.length > 0, 'A guest needs a room to be in.')
export type CreateInvite = z.output<typeof CreateInvite>

export const inviteRequests = {
  'invite:create': {
    summary: 'Make a link by which people come in. The answer has its token, once. For owners and admins.',
    input: CreateInvite,
    output: z.object({ invite: Invite, token: z.string() }),
  },
  'invite:list': {
    summary: 'The links there are, newest first, in pages. For owners and admins.',
    input: z.object({ after: z.string().max(64).optional() }),
    output: z.object({ invites: z.array(Invite), people: z.array(Person), next: z.string().nullable() }),
  },
  'invite:people': {
    summary: 'Who came by one of them, in the order in which they came. For owners and admins.',
    input: z.object({ id: z.string().min(1).max(32) }),
    output: z.object({ people: z.array(Person) }),
  },
  'invite:revoke': {
    summary: 'Nobody comes by it any more. Twice is once. For owners and admins.',
    input: z.object({ id: z.string().min(1).max(32) }),
    output: Invite,
  },
}
