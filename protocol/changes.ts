import { z } from 'zod'
import { Message, MessagePage } from './messages.ts'
import { Person } from './people.ts'
import { Member, Room, RoomId } from './rooms.ts'

/** The newest state of one thing of a room. Keep it if its `rev` is larger than that of the one held. */
export const Change = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('message:changed'), message: Message }),
    z.object({ type: z.literal('room:changed'), room: Room }),
    z.object({ type: z.literal('member:changed'), member: Member }),
  ])
  .meta({
    id: 'Change',
    description: 'The newest state of one thing of a room: a message, the room itself, or a membership.',
  })
export type Change = z.infer<typeof Change>

/** Everything that changed in a room after revision `after` up to revision `rev`, oldest change first. */
export const RoomChanges = z
  .object({
    roomId: RoomId,
    after: z.int().min(0),
    rev: z.int().positive(),
    changes: z.array(Change),
    /** Everybody whom the changes speak of, so that no name has to be asked for; of those who reacted, the first of each emoji. */
    people: z.array(Person),
  })
  .meta({
    id: 'RoomChanges',
    description: 'Everything that changed in a room after revision `after` up to revision `rev`.',
  })
export type RoomChanges = z.infer<typeof RoomChanges>

export const changeRequests = {
  'room:sync': {
    summary:
      'Everything of a room that changed after `since`, oldest change first, in pages up to the head. A message that was changed later stands on a later page than those after it: put all pages together. Over 1,000 changes behind: `reset` is the newest page instead.',
    input: z.object({ roomId: RoomId, since: z.int().min(0) }),
    output: z.object({ changed: RoomChanges.nullable(), more: z.boolean(), reset: MessagePage.nullable() }),
  },
}

export const changeEvents = {
  events: {
    summary:
      'Everything that one commit changed in one room. Where it changed several that you are in, they come together: one argument for each of them.',
    payload: RoomChanges,
  },
}
