import type { Message } from '../../protocol/messages.ts'
import type { ReadPosition } from '../../protocol/unread.ts'

/**
 * Unread is derived, never stored as a number that can go wrong: from the read position and the messages above it where this
 * tab holds them all, otherwise from the server's count as of a position plus what came after that.
 */
export type Unread = {
  readUpTo: number
  /** As the server counted, up to `seq`. */
  base: { seq: number; count: number }
}

type Held = { messages: readonly Message[]; head: { seq: number }; loaded: boolean }

export function unreadOf({ readUpTo, base }: Unread, held: Held, meId: string): number {
  const foreign = (above: number) =>
    held.messages.filter(({ seq, authorId }) => seq > above && authorId !== meId).length
  if (readUpTo >= held.head.seq) return 0
  const first = held.messages[0]?.seq
  if (first !== undefined && first <= readUpTo + 1 && (held.messages.at(-1)?.seq ?? 0) >= held.head.seq)
    return foreign(readUpTo)
  return base.count
}

/** A message of somebody else that this tab does not hold still counts. */
export function countArrival(unread: Unread, { seq, authorId }: Message, meId: string): Unread {
  if (seq <= unread.base.seq) return unread
  if (authorId === meId) return { readUpTo: Math.max(unread.readUpTo, seq), base: { seq, count: 0 } }
  return { ...unread, base: { seq, count: unread.base.count + 1 } }
}

/** The position only rises; over several devices the largest counts. */
export function advance(unread: Unread, position: Pick<ReadPosition, 'readUpTo' | 'unread' | 'seq'>): Unread {
  if (position.readUpTo < unread.readUpTo) return unread
  const newer = position.seq >= unread.base.seq
  return { readUpTo: position.readUpTo, base: newer ? { seq: position.seq, count: position.unread } : unread.base }
}
