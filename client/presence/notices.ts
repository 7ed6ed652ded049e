import type { Payload } from '../../protocol/index.ts'
import type { Person } from '../../protocol/people.ts'

/** Who joined and left since the message before. Passing: it lives in this tab, and is never stored. */
export type Notice = { key: string; at: number; afterSeq: number; joined: readonly Person[]; left: readonly Person[] }

/** Kept per room; older ones have been seen. */
const MOST = 20

/** Somebody who leaves right after joining, or the other way round, was never gone: both vanish. Many fold into one. */
export function reduceNotices(
  notices: readonly Notice[],
  { person, kind }: Payload<'presence:notice'>,
  afterSeq: number,
  now: number,
): readonly Notice[] {
  const last = notices.at(-1)
  const open =
    last?.afterSeq === afterSeq ? last : { key: `notice-${afterSeq}-${now}`, at: now, afterSeq, joined: [], left: [] }
  const others = last === open ? notices.slice(0, -1) : notices
  const without = (people: readonly Person[]) => people.filter(({ id }) => id !== person.id)
  const opposite = kind === 'joined' ? open.left : open.joined
  const cancels = opposite.some(({ id }) => id === person.id)
  const joined = kind === 'joined' && !cancels ? [...without(open.joined), person] : without(open.joined)
  const left = kind === 'left' && !cancels ? [...without(open.left), person] : without(open.left)
  if (joined.length + left.length === 0) return others
  return [...others, { ...open, joined, left }].slice(-MOST)
}
