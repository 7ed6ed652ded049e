import type { Message } from '../../protocol/messages.ts'
import type { SetReaction } from '../../protocol/reactions.ts'

export type Reactions = {
  /**
   * Adds a reaction to a message, or takes it away, with the room's next revision; one that is as it should be already changes
   * nothing. Kinds stand in the order of their first use, and people in theirs. What was reacted to a message goes with it, is put
   * back with it, and that of somebody who was removed goes soon after. Refused: `invalid` for an emoji of the place's own that there is not; `not_found` for who is not in the room and for a
   * message that is not there or deleted; `forbidden` in an archived room, for who is muted there, and for what is more than
   * REACTION_KINDS or REACTIONS of one message.
   */
  set: (reaction: SetReaction & { personId: string }) => Promise<Message>
}
