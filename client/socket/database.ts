import { openDB, type DBSchema } from 'idb'
import type { KeptEntry } from '../messages/outbox.ts'
import type { Page, Place } from './reads.ts'

interface Schema extends DBSchema {
  outbox: { key: [personId: string, key: string]; value: KeptEntry }
  /** Drafts that were sent, so that none comes back with a browser that was killed before it had forgotten them. */
  spent: { key: string; value: { draft: string; at: number } }
  place: { key: string; value: Place }
  pages: { key: string; value: Page }
}

/** Sent drafts are remembered so long: a browser writes down within seconds that they are gone. Milliseconds. */
const REMEMBERED = 24 * 60 * 60 * 1000

export type Database = Awaited<ReturnType<typeof open>>

/** What is kept, in words. It comes after the page: the first message is a while away. Rejects where nothing can be kept. */
export async function open(onGone: () => void) {
  const database = await openDB<Schema>('natter', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('outbox', { keyPath: ['personId', 'key'] })
      fresh.createObjectStore('spent', { keyPath: 'draft' })
      fresh.createObjectStore('place')
      fresh.createObjectStore('pages', { keyPath: 'roomId' })
    },
    // A newer page wants to change it.
    blocking() {
      onGone()
      database.close()
    },
    terminated: onGone,
  })

  return {
    outboxOf: (personId: string) => database.getAll('outbox', IDBKeyRange.bound([personId], [personId, []])),
    /** Strictly: resolves when it is on the disk. */
    async putEntries(entries: readonly KeptEntry[], draft?: string): Promise<void> {
      const writing = database.transaction(['outbox', 'spent'], 'readwrite', { durability: 'strict' })
      const [outbox, spent] = [writing.objectStore('outbox'), writing.objectStore('spent')]
      await Promise.all([
        ...entries.map((entry) => outbox.put(entry)),
        draft && spent.put({ draft, at: Date.now() }),
        writing.done,
      ])
    },
    dropEntry: (personId: string, key: string) => database.delete('outbox', [personId, key]),
    /** Which of these drafts were sent. */
    async spentOf(drafts: readonly string[]): Promise<string[]> {
      const spent = await database.getAll('spent')
      for (const { draft, at } of spent) if (Date.now() - at > REMEMBERED) await database.delete('spent', draft)
      return drafts.filter((draft) => spent.some((one) => one.draft === draft))
    },
    async recall(): Promise<{ place: Place; pages: Page[] } | null> {
      const reading = database.transaction(['place', 'pages'])
      const place = await reading.objectStore('place').get('place')
      return place ? { place, pages: await reading.objectStore('pages').getAll() } : null
    },
    /** Nothing stays of a page that is not among `rooms`. */
    async remember(place: Place, pages: readonly Page[], rooms: readonly string[]): Promise<void> {
      const writing = database.transaction(['place', 'pages'], 'readwrite', { durability: 'relaxed' })
      const shelf = writing.objectStore('pages')
      const known = await shelf.getAllKeys()
      await Promise.all([
        writing.objectStore('place').put(place, 'place'),
        ...pages.map((page) => shelf.put(page)),
        ...known.filter((roomId) => !rooms.includes(roomId)).map((roomId) => shelf.delete(roomId)),
        writing.done,
      ])
    },
    async forget(): Promise<void> {
      const writing = database.transaction(['place', 'pages'], 'readwrite')
      await Promise.all([writing.objectStore('place').clear(), writing.objectStore('pages').clear(), writing.done])
    },
  }
}
