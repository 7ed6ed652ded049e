import type { Store } from './store/store.ts'

type Sync = Store['messages']['sync']

/** So many answers are kept at most. */
const MOST = 20

/**
 * Those who come back together were away since the same moment, and ask the same: it is read once, for as long as nothing is
 * another thing. The same answer is the same object.
 */
export function createSync({ rooms, people, messages }: Pick<Store, 'rooms' | 'people' | 'messages'>): Sync {
  const kept = new Map<string, { state: string; answer: ReturnType<Sync> }>()
  return async (cursor) => {
    const { roomId, since } = cursor
    const [heads, peopleRev] = await Promise.all([rooms.heads([roomId]), people.rev()])
    const [key, state] = [`${roomId} ${since}`, `${heads[roomId]?.rev} ${peopleRev}`]
    const known = kept.get(key)
    if (known?.state === state) return known.answer
    const answer = messages.sync(cursor)
    kept.delete(key)
    kept.set(key, { state, answer })
    for (const [oldest] of kept) if (kept.size > MOST) kept.delete(oldest)
    answer.catch(() => kept.delete(key))
    return answer
  }
}
