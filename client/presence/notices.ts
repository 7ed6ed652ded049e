import type { Person } from '../../protocol/people.ts'

/** Who joined and left since the message before. Passing: it lives in this tab, and is never stored. */
export type Notice = {
  key: string
  /** Milliseconds of `performance.now()`. */
  at: number
  /** It stands below this message. */
  afterSeq: number
  joined: readonly Person[]
  left: readonly Person[]
}
export type NoticeKind = 'joined' | 'left'

/** Kept per room; older ones have been seen. */
const MOST = 20
/** Whoever is back this soon was never gone. Milliseconds. */
const FOLDS = 5 * 60_000

const without = (people: readonly Person[], { id }: Person) => people.filter((one) => one.id !== id)

/** Many fold into one line per place in the conversation; coming and going within five minutes folds to nothing. */
export function addNotice(
  notices: readonly Notice[],
  person: Person,
  kind: NoticeKind,
  afterSeq: number,
  now: number,
): readonly Notice[] {
  const opposite = kind === 'joined' ? 'left' : 'joined'
  const cancelled = notices.findLast(
    (notice) => now - notice.at < FOLDS && notice[opposite].some(({ id }) => id === person.id),
  )
  if (cancelled) {
    return notices
      .map((notice) => (notice === cancelled ? { ...notice, [opposite]: without(notice[opposite], person) } : notice))
      .filter(({ joined, left }) => joined.length + left.length > 0)
  }
  const last = notices.at(-1)
  const open =
    last?.afterSeq === afterSeq ? last : { key: `notice-${afterSeq}-${now}`, at: now, afterSeq, joined: [], left: [] }
  const others = last === open ? notices.slice(0, -1) : notices
  return [...others, { ...open, at: now, [kind]: [...without(open[kind], person), person] }].slice(-MOST)
}
