import type { Message } from '../../protocol/messages.ts'
import type { VotePoll } from '../../protocol/polls.ts'

export type Polls = {
  /**
   * What somebody votes for in a poll, in place of what they voted for before, with the room's next revision; what is as it should
   * be already changes nothing. People stand in the order of their votes for each option. Votes go with their message, are put
   * back with it, and those of somebody who was removed go soon after. Refused: `not_found` for who is not in the room, for a
   * message that is not there or deleted, and for one that is no poll; `invalid` for an option that there is not, and for
   * several where one is to be chosen; `forbidden` once it is closed, in an archived room, for who is muted there, and for what
   * is more than POLL_VOTES in one poll.
   */
  vote: (vote: VotePoll & { personId: string }) => Promise<Message>
  /** Nobody votes in it any more. Twice is once: the first one closed it. Refused: `not_found`, as a vote. */
  close: (poll: { roomId: string; seq: number; by: string }) => Promise<Message>
}
