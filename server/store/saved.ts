import type { Message } from '../../protocol/messages.ts'

/** What people keep for later, each for themselves. */
export type Saved = {
  /**
   * Twice is once. Private: told to nobody else, and forgotten with whoever is removed; a deleted message is kept again only if it is put back. Refused:
   * `not_found` for a message that is not there or deleted, and for who is gone; `forbidden` for more than SAVED.
   */
  set: (saving: { personId: string; roomId: string; seq: number; on: boolean }) => Promise<void>
  /** What they have kept, wherever it is, the newest first. `next` goes into `after`. */
  list: (page: {
    personId: string
    after?: string | undefined
    limit: number
  }) => Promise<{ messages: Message[]; next: string | null }>
}
