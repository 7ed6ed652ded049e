import type { UseDatabase } from '../socket/storage.ts'
import type { Shelf } from '../socket/shelf.ts'
import type { Mark } from './drafts.ts'
import type { Entry, KeptEntry } from './outbox.ts'

export type OutboxShelf = ReturnType<typeof createOutboxShelf>

/**
 * Where messages survive a reload, a crash, a closed tab and a killed browser. Where the browser keeps nothing they are held
 * in memory, and `onTrouble` hears of it; what could not be written is tried again with whatever comes next.
 */
export function createOutboxShelf(use: UseDatabase, former: Shelf, onTrouble: (trouble: boolean) => void) {
  const memory = new Map<string, KeptEntry>()

  async function attempt<T>(task: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await task()
    } catch {
      onTrouble(true)
      return otherwise
    }
  }

  /** Earlier versions kept one entry a key in localStorage. */
  async function takeOver(personId: string): Promise<void> {
    const prefix = `natter.outbox.${personId}.`
    const found = former.all(prefix)
    if (found.length === 0) return
    const entries = found.flatMap(([, value]) => parse(value, personId))
    await use((database) => database.putEntries(entries))
    for (const [key] of found) former.drop(prefix + key)
  }

  return {
    /** Null if it cannot be known just now. */
    async load(personId: string): Promise<KeptEntry[] | null> {
      const kept = await attempt(async () => {
        await takeOver(personId)
        return use((database) => database.outboxOf(personId))
      }, null)
      if (!kept) return null
      const others = [...memory.values()].filter((entry) => entry.personId === personId)
      return [...kept, ...others.filter(({ key }) => !kept.some((entry) => entry.key === key))]
    },
    /** With the draft that it was, which from then on is spent. */
    async put(personId: string, entry: Entry, draft?: Mark): Promise<void> {
      const { key, roomId, body, at, failed, tab } = entry
      const kept = { personId, key, roomId, body, at, failed, tab }
      const written = await attempt(async () => {
        await use((database) =>
          database.putEntries([...memory.values(), kept], draft && { over: draft, personId, roomId }),
        )
        memory.clear()
        onTrouble(false)
        return true
      }, false)
      if (!written) memory.set(key, kept)
    },
    async drop(personId: string, key: string): Promise<void> {
      memory.delete(key)
      await attempt(() => use((database) => database.dropEntry(personId, key)), undefined)
    },
  }
}

function parse(value: string, personId: string): KeptEntry[] {
  try {
    const { key, roomId, body, at, failed } = JSON.parse(value) as Partial<KeptEntry>
    if (!key || !roomId || !body || !at) return []
    return [{ key, roomId, body, at, failed: failed ?? null, tab: '', personId }]
  } catch {
    return []
  }
}
