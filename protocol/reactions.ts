import { z } from 'zod'
import { Message, OneMessage, ReactionEmoji } from './messages.ts'

export const SetReaction = OneMessage.extend({
  emoji: ReactionEmoji,
  on: z.boolean(),
})
export type SetReaction = z.infer<typeof SetReaction>

export const reactionRequests = {
  'reaction:set': {
    summary:
      'Add a reaction of one’s own to a message, or take it away. For everybody in a room, also where only some write; not in an archived one, nor for who is muted. Twice is once.',
    input: SetReaction,
    output: Message,
  },
}
