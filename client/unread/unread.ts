import { UNREAD_LIMIT } from '../../protocol/limits.ts'
import { reaches } from '../../protocol/mentions.ts'
import type { Message } from '../../protocol/messages.ts'
import type { Room } from '../../protocol/rooms.ts'
import type { ReadPosition } from '../../protocol/unread.ts'

/**
 * Unread is derived, never stored as a number that can go wrong: from the read position and the messages above it where this
 * tab holds them all, otherwise from the server's count as of a position and what arrived after that.
 */
export type Unread = {
  readUpTo: number
  /** How often that was put back: of two positions the one with the larger `rev` counts, of two with the same one the larger. */
  rev: number
  /** As the server counted, up to `seq`. */
  base: { seq: number; count: number; forYou: number }
  /** Positions above `base.seq` of what others wrote, the newest of them: more than the limit is shown as "99+" anyway. */
  arrived: readonly number[]
  /** The same of what mentions me. */
  forYou: readonly number[]
  /**
   * The server has not heard of this position, or something that it may have counted was deleted or changed since: it is to be
   * asked.
   */
  stale: boolean
}

export const nothingRead: Unread = {
  readUpTo: 0,
  rev: 0,
  base: { seq: 0, count: 0, forYou: 0 },
  arrived: [],
  forYou: [],
  stale: false,
}

/** Whose messages are nothing new to me: my own, who stand first, and those of whom I have blocked. */
export type Quiet = readonly string[]

export const quietFor = (me: { id: string } | null, { blocked }: { blocked: readonly string[] }): Quiet => [
  me?.id ?? '',
  ...blocked,
]

type Held = { messages: readonly Message[]; head: { seq: number } }

/** How many messages of others stand above the read position; UNREAD_LIMIT means that many or more. */
export const unreadOf = (unread: Unread, held: Held, quiet: Quiet): number =>
  countOf(
    unread,
    held,
    unread.base.count + unreadAmong(unread.arrived, unread),
    ({ authorId }) => !quiet.includes(authorId),
  )

/** How many of them mention me. */
export const forYouOf = (unread: Unread, held: Held, quiet: Quiet): number =>
  countOf(unread, held, unread.base.forYou + unreadAmong(unread.forYou, unread), (one) => isForYou(one, quiet))

/** Both, of a room as this tab knows it: between two everything is for me. */
export function countsOf(
  { room, unread, timeline }: { room: Pick<Room, 'kind'>; unread: Unread; timeline: Held },
  quiet: Quiet,
): { unread: number; forYou: number } {
  const count = unreadOf(unread, timeline, quiet)
  return { unread: count, forYou: room.kind === 'direct' ? count : forYouOf(unread, timeline, quiet) }
}

/** Whether somebody whom I want to hear mentions me. */
export const isForYou = (message: Message, quiet: Quiet): boolean =>
  !quiet.includes(message.authorId) && reaches(message, quiet[0] ?? '')

const unreadAmong = (seqs: readonly number[], { readUpTo }: Unread): number =>
  seqs.filter((seq) => seq > readUpTo).length

function countOf(
  { readUpTo }: Unread,
  { messages, head }: Held,
  counted: number,
  counts: (message: Message) => boolean,
): number {
  if (readUpTo >= head.seq) return 0
  const count = holdsAll({ messages, head }, readUpTo)
    ? messages.filter((one) => one.seq > readUpTo && !one.deleted && counts(one)).length
    : counted
  return Math.min(count, UNREAD_LIMIT)
}

/** Whether every message above that position is here, up to the newest that the server has told of. */
export function holdsAll({ messages, head }: Held, readUpTo: number): boolean {
  const [first, last] = [messages[0]?.seq, messages.at(-1)?.seq]
  return first !== undefined && last !== undefined && first <= readUpTo + 1 && last >= head.seq
}

/** A message that this tab may not hold still counts; one's own reads everything before it. */
export function countArrival(before: Unread, message: Message, quiet: Quiet): Unread {
  const { seq, authorId, deleted } = message
  if (deleted) return uncount(before, message, quiet)
  const unread = countForYou(before, message, quiet)
  if (seq <= unread.base.seq || unread.arrived.includes(seq)) return unread
  if (authorId === quiet[0]) return readTo(unread, seq)
  if (quiet.includes(authorId)) return unread
  return { ...unread, arrived: [...unread.arrived, seq].slice(-UNREAD_LIMIT) }
}

/** With its text a message may begin to mention me, or no longer do so. */
function countForYou(unread: Unread, message: Message, quiet: Quiet): Unread {
  const { seq, editedAt } = message
  if (seq <= unread.readUpTo) return unread
  const isMine = isForYou(message, quiet)
  const isEdited = editedAt !== null
  // Below the server's count only it knows whether it counted this one.
  if (seq <= unread.base.seq)
    return isEdited && (isMine || unread.base.forYou > 0) ? { ...unread, stale: true } : unread
  if (isMine === unread.forYou.includes(seq)) return unread
  const others = unread.forYou.filter((one) => one !== seq)
  // States of one message may come in any order while what was missed is asked for.
  const forYou = isMine ? [...others, seq].slice(-UNREAD_LIMIT) : others
  return { ...unread, forYou, stale: unread.stale || isEdited }
}

/** What was deleted is not to be read any more. */
function uncount(unread: Unread, { seq, authorId }: Message, quiet: Quiet): Unread {
  if (seq <= unread.readUpTo || quiet.includes(authorId)) return unread
  const without = (seqs: readonly number[]) => seqs.filter((one) => one !== seq)
  return {
    ...unread,
    arrived: without(unread.arrived),
    forYou: without(unread.forYou),
    stale: unread.stale || seq <= unread.base.seq,
  }
}

/** What the server says of my position, and of how many were unread above it when it said so. */
export function advance(unread: Unread, position: Omit<ReadPosition, 'roomId'>): Unread {
  const { rev, readUpTo, seq } = position
  const newer = rev - unread.rev || readUpTo - unread.readUpTo
  if (newer < 0 || seq < unread.base.seq) return unread
  const base = { seq, count: position.unread, forYou: position.forYou }
  return { ...above(unread, seq), rev, readUpTo, base, stale: false }
}

/** Read on this screen, before the server has heard of it. */
export const readHere = (unread: Unread, seq: number): Unread =>
  seq > unread.readUpTo ? { ...readTo(unread, seq), stale: true } : unread

function readTo(unread: Unread, seq: number): Unread {
  if (seq <= unread.readUpTo) return unread
  // Below the server's count its number stays until its answer comes: only it knows how many of those are somebody else's.
  const base = seq >= unread.base.seq ? { seq, count: 0, forYou: 0 } : unread.base
  return { ...above(unread, base.seq), readUpTo: seq, base }
}

/** What arrived up to there is counted otherwise from now on. */
function above(unread: Unread, counted: number): Unread {
  const later = (seq: number) => seq > counted
  return { ...unread, arrived: unread.arrived.filter(later), forYou: unread.forYou.filter(later) }
}
