import type { Commit } from '../store.ts'

/** So long what comes too early waits for what came before it; then clients find the hole themselves. Milliseconds. */
const PATIENCE = 100
/** Of so many rooms it is known what was told last; beyond, of all it is forgotten. */
const MOST = 50_000

type Part = { id: string; after: number; rev: number }
type Waiting = { parts: Part[]; tell: () => void; timer: NodeJS.Timeout }

/** What one commit goes on from: the newest revision of each of its rooms, and of people. */
const partsOf = ({ rooms, people }: Commit): Part[] => [
  ...rooms.map(({ roomId, after, rev }) => ({ id: roomId, after, rev })),
  ...(people ? [{ id: '', after: people.after, rev: people.rev }] : []),
]

/**
 * Commits of several nodes arrive on several ways. In each room they are told in their order: a commit that overtook another one would
 * have everybody in the room ask for what is on its way already.
 */
export function createSequence() {
  const told = new Map<string, number>()
  const waiting = new Set<Waiting>()

  const isNext = ({ id, after }: Part) => after <= (told.get(id) ?? Infinity)

  function go(parts: readonly Part[], tell: () => void): void {
    if (told.size > MOST) told.clear()
    for (const { id, rev } of parts) told.set(id, Math.max(rev, told.get(id) ?? 0))
    tell()
  }

  function letGo(one: Waiting): void {
    clearTimeout(one.timer)
    waiting.delete(one)
    go(one.parts, one.tell)
  }

  function look(): void {
    // What one lets go may let go others that came before it.
    for (let one = first(); one; one = first()) letGo(one)
  }
  const first = () => [...waiting].find(({ parts }) => parts.every(isNext))

  return {
    /** Calls `tell` at once, or as soon as what comes before it was told. */
    put(commit: Commit, tell: () => void): void {
      const parts = partsOf(commit)
      if (parts.every(isNext)) {
        go(parts, tell)
        return look()
      }
      const one: Waiting = {
        parts,
        tell,
        timer: setTimeout(() => {
          letGo(one)
          look()
        }, PATIENCE),
      }
      waiting.add(one)
    },
    /** Whatever waits is told now. */
    end(): void {
      for (const one of waiting) letGo(one)
    },
  }
}
