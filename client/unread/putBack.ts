import type { Unread } from './unread.ts'

/**
 * Unread again above this position: the one way in which it falls. `counts`: how many that are, as far as is known here, of
 * messages up to `head`.
 */
export const putBack = (
  unread: Unread,
  readUpTo: number,
  counts: { unread: number; forYou: number },
  head: number,
): Unread => ({
  readUpTo,
  rev: unread.rev + 1,
  base: { seq: head, count: counts.unread, forYou: counts.forYou },
  arrived: [],
  forYou: [],
  stale: true,
})
