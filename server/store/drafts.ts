import type { Draft } from '../../protocol/drafts.ts'

/** What people are writing, each for themselves, on all their devices. */
export type Drafts = {
  /**
   * Keeps this text in place of what was being written there; an empty one is none. The newest has the largest revision of this
   * person's; the same again changes nothing, and resolves to the revision that there is. Told to nobody by a commit, and forgotten
   * when they leave the room, with the room and with whoever is removed. Refused: `not_found` for who is gone or not in the room;
   * `forbidden` for more than DRAFTS.
   */
  set: (draft: Omit<Draft, 'rev'> & { personId: string }) => Promise<{ rev: number }>
  /** Of the rooms that they are in, the oldest first; `next` goes into `after`. */
  list: (page: { personId: string; after: number; limit: number }) => Promise<{ drafts: Draft[]; next: number | null }>
}
