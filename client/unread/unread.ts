import { UNREAD_LIMIT } from '../../protocol/limits.ts'
import type { Message } from '../../protocol/messages.ts'
import type { ReadPosition } from '../../protocol/unread.ts'

/**
 * Unread is derived, never stored as a number that can go wrong: from the read position and the messages above it where this
 * tab holds them all, otherwise from the server's count as of a position and what arrived after that.
 */
export type Unread = {
  readUpTo: number
  /** As the server counted, up to `seq`. */
  base: { seq: number; count: number }
  /** Positions above `base.seq` of what others wrote, the newest of them: more than the limit is shown as "99+" anyway. */
  arrived: readonly number[]
  /** Something that the server may have counted was deleted since: only it can say how many are left. */
  stale: boolean
}

export const nothingRead: Unread = { readUpTo: 0, base: { seq: 0, count: 0 }, arrived: [], stale: false }

type Held = { messages: readonly Message[]; head: { seq: number } }

/** How many messages of others stand above the read position; UNREAD_LIMIT means that many or more. */
export function unreadOf({ readUpTo, base, arrived }: Unread, { messages, head }: Held, meId: string): number {
  if (readUpTo >= head.seq) return 0
  const [first, last] = [messages[0]?.seq, messages.at(-1)?.seq]
  const holdsAll = first !== undefined && last !== undefined && first <= readUpTo + 1 && last >= head.seq
  const count = holdsAll
    ? messages.filter(({ seq, authorId, deleted }) => seq > readUpTo && authorId !== meId && !deleted).length
    : base.count + arrived.filter((seq) => seq > readUpTo).length
  return Math.min(count, UNREAD_LIMIT)
}

/** A message that this tab may not hold still counts; one's own reads everything before it. */
export function countArrival(unread: Unread, message: Message, meId: string): Unread {
  const { seq, authorId, deleted } = message
  if (deleted) return uncount(unread, message, meId)
  if (seq <= unread.base.seq || unread.arrived.includes(seq)) return unread
  if (authorId === meId) return readHere(unread, seq)
  return { ...unread, arrived: [...unread.arrived, seq].slice(-UNREAD_LIMIT) }
}

/** What was deleted is not to be read any more. */
function uncount(unread: Unread, { seq, authorId }: Message, meId: string): Unread {
  if (seq <= unread.readUpTo || authorId === meId) return unread
  const arrived = unread.arrived.filter((one) => one !== seq)
  return { ...unread, arrived, stale: unread.stale || seq <= unread.base.seq }
}

/** What the server says. The position only rises; over several devices the largest counts. */
export function advance(unread: Unread, position: Pick<ReadPosition, 'readUpTo' | 'unread' | 'seq'>): Unread {
  if (position.readUpTo < unread.readUpTo || position.seq < unread.base.seq) return unread
  return {
    stale: false,
    readUpTo: position.readUpTo,
    base: { seq: position.seq, count: position.unread },
    arrived: unread.arrived.filter((seq) => seq > position.seq),
  }
}

/** Read on this screen, before the server has heard of it. */
export function readHere(unread: Unread, seq: number): Unread {
  if (seq <= unread.readUpTo) return unread
  // Below the server's count its number stays until its answer comes: only it knows how many of those are somebody else's.
  const base = seq >= unread.base.seq ? { seq, count: 0 } : unread.base
  return { ...unread, readUpTo: seq, base, arrived: unread.arrived.filter((one) => one > base.seq) }
}
