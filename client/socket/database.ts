import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { KeptEntry } from '../messages/outbox.ts'

interface Schema extends DBSchema {
  outbox: { key: [personId: string, key: string]; value: KeptEntry }
  /** Drafts that were sent, so that none comes back with a browser that was killed before it had forgotten them. */
  spent: { key: string; value: { draft: string; at: number } }
}

export type Database = IDBPDatabase<Schema>

/** Comes after the page: the first message that is kept is a while away, and so is this. Rejects where there is none. */
export async function open(onGone: () => void): Promise<Database> {
  const database = await openDB<Schema>('natter', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('outbox', { keyPath: ['personId', 'key'] })
      fresh.createObjectStore('spent', { keyPath: 'draft' })
    },
    // A newer page wants to change it.
    blocking() {
      onGone()
      database.close()
    },
    terminated: onGone,
  })
  return database
}
