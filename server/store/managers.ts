import type { Room } from '../../protocol/rooms.ts'

/** Whoever made a room looks after it, and so do those who look after the whole place. Between two there is nothing to look after. */
export const isManager = (
  personId: string,
  looksAfter: boolean,
  { kind, madeBy }: { kind: Room['kind']; madeBy: unknown },
): boolean => kind !== 'direct' && (looksAfter || madeBy === personId)
