import type { Order, Hit } from '../../protocol/search.ts'
import type { Person } from '../../protocol/people.ts'

export type Found = { hits: Hit[]; people: Person[]; next: string | null; all: boolean }

/** What was said, found again. */
export type Search = {
  /**
   * The messages that say what is looked for, of rooms that the person is in by now, without those of whom they have blocked, and
   * of nothing that is deleted: exactly those that `matches` of server/search/matching.ts finds in their newest text. `newest`
   * first; or `best`, the newest SEARCH_RANKED of them by how much they are about it. What was said a moment ago is found. With each
   * comes what stands beside it, but nothing that is deleted or of somebody whom they have blocked. `next` goes into `after`. `all` is false where there may be more than was looked through: the time was over, another search of the
   * same person came, or older messages are not ready to be searched yet. Refused as `rate_limited` where too many wait.
   */
  find: (search: {
    personId: string
    query: string
    order: Order
    after?: string | undefined
    limit: number
    zone: string
  }) => Promise<Found>
  /** The position of a room's first message that was sent at this time or after it; null if there is none. */
  firstSince: (where: { roomId: string; time: number }) => Promise<number | null>
}
