import type { Message } from '../../protocol/messages.ts'
import type { Person } from '../../protocol/people.ts'

export type Pins = {
  /**
   * Twice is once, and a deleted message is pinned no more; put back, it is pinned as it was, unless there are PINS others by then. Refused: `not_found` for who is not in the room, and for a message that
   * is not there or deleted; `forbidden` for who is muted there, in an archived room, where only managers write for who is none: see
   * Messages; and for more than PINS.
   */
  set: (pin: { roomId: string; seq: number; on: boolean; by: string; looksAfter?: boolean }) => Promise<Message>
  /** Those of a room, the one that was pinned last first. `next` goes into `after`. */
  list: (page: {
    roomId: string
    after?: string | undefined
    limit: number
  }) => Promise<{ messages: Message[]; people: Person[]; next: string | null }>
}
