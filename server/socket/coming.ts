import type { Commit } from '../store/store.ts'

/** Sessions that have ended, and people who have gone. */
type Ended = Set<string>

/**
 * Those who knock: who they are takes a while to look up, and they are not among the connections yet that are told of it when a
 * session ends or somebody is sent away.
 */
export function createComing() {
  const coming = new Set<Ended>()
  return {
    committed({ sessions, people }: Commit): void {
      const gone = (people?.people ?? []).filter((person) => person.gone).map(({ id }) => id)
      for (const ended of coming) for (const id of [...sessions, ...gone]) ended.add(id)
    },
    /** Resolves to what `look` finds; to null where that has ended meanwhile. */
    async knock<Found extends { id: string; person: { id: string } }>(
      look: () => Promise<Found | null>,
    ): Promise<Found | null> {
      const ended: Ended = new Set()
      coming.add(ended)
      try {
        const found = await look()
        return found && !ended.has(found.id) && !ended.has(found.person.id) ? found : null
      } finally {
        coming.delete(ended)
      }
    },
  }
}
