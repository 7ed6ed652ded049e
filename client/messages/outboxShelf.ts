import type { WithDatabase } from '../socket/storage.ts'
import type { Mark } from './drafts.ts'
import type { Entry, KeptEntry } from './outbox.ts'

export type OutboxShelf = ReturnType<typeof createOutboxShelf>

/**
 * Where messages survive a reload, a crash, a closed tab and a killed browser. Where the browser keeps nothing they are held
 * in memory, and `onTrouble` hears of it; what could not be written is tried again with whatever comes next.
 */
export function createOutboxShelf(use: WithDatabase, onTrouble: (trouble: boolean) => void) {
  const memory = new Map<string, KeptEntry>()

  const heldOf = (personId: string) => [...memory.values()].filter((entry) => entry.personId === personId)

  async function attempt<T>(task: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await task()
    } catch {
      onTrouble(true)
      return otherwise
    }
  }

  return {
    /** All that this person has waiting; null if it cannot be known just now. */
    async load(personId: string): Promise<KeptEntry[] | null> {
      const kept = await attempt(() => use((database) => database.outboxOf(personId)), null)
      if (!kept) return null
      const others = heldOf(personId)
      if (others.length === 0) onTrouble(false)
      return [...kept, ...others.filter(({ key }) => !kept.some((entry) => entry.key === key))]
    },
    /** With the draft that it was, which from then on is spent. Resolves to what `load` does. */
    async put(personId: string, entry: Entry, draft?: Mark): Promise<KeptEntry[] | null> {
      const { kept: _kept, rev: _rev, draft: name, ...rest } = entry
      const entries = [...heldOf(personId), { personId, ...rest }]
      const found = await attempt(
        () =>
          use((database) => database.putEntries(personId, entries, draft && { over: draft, personId, roomId: name })),
        null,
      )
      // What had to be held meanwhile is held on.
      for (const one of entries) {
        if (found) memory.delete(one.key)
        else memory.set(one.key, one)
      }
      if (found) onTrouble(false)
      return found
    },
    async drop(personId: string, key: string): Promise<void> {
      memory.delete(key)
      await attempt(() => use((database) => database.dropEntry(personId, key)), undefined)
    },
  }
}
