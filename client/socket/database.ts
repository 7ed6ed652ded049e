import { openDB, type DBSchema, type IDBPObjectStore } from 'idb'
import { isOver, type DraftChange, type DraftCopy, type Mark } from '../messages/drafts.ts'
import type { KeptEntry } from '../messages/outbox.ts'
import type { Page, Place } from './reads.ts'

interface Schema extends DBSchema {
  outbox: { key: [personId: string, key: string]; value: KeptEntry }
  /** Drafts that were sent or emptied, so that none comes back with a browser that was killed before it had forgotten them. */
  spent: { key: string; value: { draft: string; turn: number; at: number } }
  drafts: { key: [personId: string, roomId: string]; value: DraftCopy }
  place: { key: string; value: Place }
  pages: { key: string; value: Page }
}

/** Former drafts are remembered so long: a browser writes down within seconds that they are gone. Milliseconds. */
const REMEMBERED = 24 * 60 * 60 * 1000

const of = (personId: string) => IDBKeyRange.bound([personId], [personId, []])

type Writable<Name extends 'drafts' | 'spent'> = IDBPObjectStore<
  Schema,
  ('outbox' | 'drafts' | 'spent')[],
  Name,
  'readwrite'
>

async function note(drafts: Writable<'drafts'>, spent: Writable<'spent'>, change: DraftChange): Promise<void> {
  if ('copy' in change) return void (await drafts.put(change.copy))
  const held = await drafts.get([change.personId, change.roomId])
  if (held && change.over && isOver(held, change.over)) await drafts.delete([change.personId, change.roomId])
  if (change.over) await spent.put({ draft: change.over.name, turn: change.over.turn, at: Date.now() })
}

export type Database = Awaited<ReturnType<typeof open>>

/** What is kept, in words. It comes after the page: the first message is a while away. Rejects where nothing can be kept. */
export async function open(onGone: () => void) {
  const database = await openDB<Schema>('natter', 2, {
    upgrade(fresh, version) {
      fresh.createObjectStore('drafts', { keyPath: ['personId', 'roomId'] })
      if (version > 0) return
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
    outboxOf: (personId: string) => database.getAll('outbox', of(personId)),
    /** Strictly: resolves when it is on the disk, and the draft that it was is over. */
    async putEntries(entries: readonly KeptEntry[], draft?: DraftChange): Promise<void> {
      const writing = database.transaction(['outbox', 'spent', 'drafts'], 'readwrite', { durability: 'strict' })
      const outbox = writing.objectStore('outbox')
      await Promise.all([
        ...entries.map((entry) => outbox.put(entry)),
        draft && note(writing.objectStore('drafts'), writing.objectStore('spent'), draft),
        writing.done,
      ])
    },
    dropEntry: (personId: string, key: string) => database.delete('outbox', [personId, key]),
    /** Which of these drafts are over, and copies of those that are not. */
    async draftsOf(personId: string, marks: readonly Mark[]): Promise<{ over: Mark[]; copies: DraftCopy[] }> {
      const spent = await database.getAll('spent')
      for (const { draft, at } of spent) if (Date.now() - at > REMEMBERED) await database.delete('spent', draft)
      return {
        over: marks.filter((mark) => spent.some(({ draft, turn }) => isOver(mark, { name: draft, turn }))),
        copies: await database.getAll('drafts', of(personId)),
      }
    },
    async copyDrafts(changes: readonly DraftChange[]): Promise<void> {
      const writing = database.transaction(['drafts', 'spent'], 'readwrite', { durability: 'relaxed' })
      const [drafts, spent] = [writing.objectStore('drafts'), writing.objectStore('spent')]
      await Promise.all([...changes.map((change) => note(drafts, spent, change)), writing.done])
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
