import { z } from 'zod'
import { POLL_MOST } from './limits.ts'
import { Message, OneMessage } from './messages.ts'

export const VotePoll = OneMessage.extend({
  /** Positions among its options, from 0 on: all that one votes for from now on, or none. */
  options: z
    .array(
      z
        .int()
        .min(0)
        .max(POLL_MOST - 1),
    )
    .max(POLL_MOST),
})
export type VotePoll = z.infer<typeof VotePoll>

export const pollRequests = {
  'poll:vote': {
    summary:
      'Say what one votes for in a poll, in place of what one voted for before; nothing takes the vote back. For everybody in a room, also where only some write; not in an archived one, nor for who is muted, nor once the poll is closed. Twice is once.',
    input: VotePoll,
    output: Message,
  },
  'poll:close': {
    summary:
      'Close a poll for good: one’s own, or one of somebody below oneself in a room that one looks after. Twice is once.',
    input: OneMessage,
    output: Message,
  },
}
