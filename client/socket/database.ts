import { openDB, type DBSchema, type IDBPObjectStore } from 'idb'
import { isOver, type DraftChange, type DraftCopy, type Mark } from '../messages/drafts.ts'
import type { KeptEntry } from '../messages/outbox.ts'
import type { Wish } from '../reactions/wishes.ts'
import type { Page, Place } from './reads.ts'
import type { Owner } from './wishes.ts'

interface Schema extends DBSchema {
  outbox: { key: [personId: string, key: string]; value: KeptEntry }
  /** Drafts that were sent or emptied, so that none comes back with a browser that was killed before it had forgotten them. */
  spent: { key: string; value: { draft: string; turn: number; at: number } }
  drafts: { key: [personId: string, roomId: string]; value: DraftCopy }
  /** Reactions that the server has not heard of yet. */
  wishes: { key: [personId: string, roomId: string, seq: number, emoji: string]; value: KeptWish }
  place: { key: string; value: Place }
  pages: { key: string; value: Page }
  /** Bytes of messages that wait to be sent. */
  files: { key: string; value: KeptBytes; indexes: { 'by-person': string } }
}

/** `id`: under which the server knows it, if it does. */
export type KeptBytes = {
  personId: string
  local: string
  roomId: string
  name: string
  type: string
  bytes: Blob
  id: string | null
  at: number
  /** Of one that stands above a box: in which page, with which draft, and what is to be seen on it. */
  page?: string
  draft?: string
  alt?: string
}

/** Which files of somebody a page takes over: those above this box whose own page is not there. */
type Claim = { personId: string; draft: string; page: string; isThere: (page: string) => boolean }

/** Longer than this no message waits. Milliseconds. */
const FILES_KEPT = 8 * 24 * 60 * 60 * 1000
/** Bytes, of all that wait: a browser that is full keeps nothing else either. */
const FILES_MOST = 200_000_000

/** Beside what is kept already; it may be among that. */
export const hasRoomFor = (file: KeptBytes, kept: readonly KeptBytes[]): boolean =>
  kept.reduce((sum, { local, bytes }) => (local === file.local ? sum : sum + bytes.size), file.bytes.size) <= FILES_MOST

type KeptWish = Wish & Owner

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
  if (held && isOver(held, change.over)) await drafts.delete([change.personId, change.roomId])
  const { name, turn } = change.over
  const known = await spent.get(name)
  await spent.put({ draft: name, turn: Math.max(turn, known?.turn ?? 0), at: Date.now() })
}

export type Database = Awaited<ReturnType<typeof open>>

/** What is kept, in words. It comes after the page: the first message is a while away. Rejects where nothing can be kept. */
export async function open(onGone: () => void) {
  const database = await openDB<Schema>('natter', 5, {
    async upgrade(fresh, version, _, changing) {
      if (version < 1) {
        fresh.createObjectStore('outbox', { keyPath: ['personId', 'key'] })
        fresh.createObjectStore('spent', { keyPath: 'draft' })
        fresh.createObjectStore('place')
        fresh.createObjectStore('pages', { keyPath: 'roomId' })
      }
      if (version < 2) fresh.createObjectStore('drafts', { keyPath: ['personId', 'roomId'] })
      if (version < 4) fresh.createObjectStore('files', { keyPath: 'local' }).createIndex('by-person', 'personId')
      if (version < 5) fresh.createObjectStore('wishes', { keyPath: ['personId', 'roomId', 'seq', 'emoji'] })
      // What was remembered of the place lacks what this page draws: the server tells it anew.
      if (version < 3) for (const shelf of ['place', 'pages'] as const) await changing.objectStore(shelf).clear()
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
    /**
     * Strictly: resolves when it is on the disk, and the draft that it was is over, to all that this person has waiting. What
     * is new comes after everything that any tab has written before, whatever the clocks of the tabs say.
     */
    async putEntries(personId: string, entries: readonly KeptEntry[], draft?: DraftChange): Promise<KeptEntry[]> {
      const writing = database.transaction(['outbox', 'spent', 'drafts'], 'readwrite', { durability: 'strict' })
      const outbox = writing.objectStore('outbox')
      async function put(): Promise<KeptEntry[]> {
        const held = await outbox.getAll(of(personId))
        let last = Math.max(0, ...held.map(({ at }) => at))
        for (const entry of entries.toSorted((a, b) => a.at - b.at)) {
          const isHeld = held.some(({ key }) => key === entry.key)
          await outbox.put(isHeld ? entry : { ...entry, at: (last = Math.max(entry.at, last + 1)) })
        }
        return outbox.getAll(of(personId))
      }
      const [found] = await Promise.all([
        put(),
        draft && note(writing.objectStore('drafts'), writing.objectStore('spent'), draft),
        writing.done,
      ])
      return found
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
    /** Rejects where there is no room for it. */
    async putFile(file: KeptBytes): Promise<void> {
      const all = await database.getAll('files')
      const isOld = ({ at }: KeptBytes) => Date.now() - at > FILES_KEPT
      for (const { local } of all.filter(isOld)) await database.delete('files', local)
      const others = all.filter((one) => !isOld(one))
      if (!hasRoomFor(file, others)) throw new Error('full')
      await database.put('files', file)
    },
    async knowFile(local: string, what: Partial<KeptBytes>): Promise<void> {
      const writing = database.transaction('files', 'readwrite')
      const known = await writing.store.get(local)
      if (known) await writing.store.put({ ...known, ...what })
      await writing.done
    },
    async claimFiles({ personId, draft, page, isThere }: Claim): Promise<KeptBytes[]> {
      const writing = database.transaction('files', 'readwrite')
      const all = await writing.store.index('by-person').getAll(personId)
      const left = all.filter((file) => file.draft === draft && file.page !== undefined && !isThere(file.page))
      await Promise.all([...left.map((file) => writing.store.put({ ...file, page })), writing.done])
      return left.toSorted((a, b) => a.at - b.at)
    },
    fileOf: (local: string) => database.get('files', local),
    dropFile: (local: string) => database.delete('files', local),
    async wishesOf({ personId, logId }: Owner): Promise<Wish[]> {
      const found = (await database.getAll('wishes', of(personId))).filter((wish) => wish.logId === logId)
      return found.map(({ roomId, seq, emoji, on }) => ({ roomId, seq, emoji, on }))
    },
    putWish: (owner: Owner, wish: Wish) => database.put('wishes', { ...owner, ...wish }),
    /** Unless something else is wished by now. */
    async dropWish({ personId, logId }: Owner, { roomId, seq, emoji, on }: Wish): Promise<void> {
      const writing = database.transaction('wishes', 'readwrite')
      const key: [string, string, number, string] = [personId, roomId, seq, emoji]
      const held = await writing.store.get(key)
      if (held?.on === on && held.logId === logId) await writing.store.delete(key)
      await writing.done
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
    /** Somebody signs out: nothing of theirs stays. */
    async forgetPerson(personId: string): Promise<void> {
      const writing = database.transaction(['place', 'pages', 'outbox', 'drafts', 'wishes', 'files'], 'readwrite')
      const files = await writing.objectStore('files').index('by-person').getAllKeys(personId)
      await Promise.all([
        writing.objectStore('place').clear(),
        writing.objectStore('pages').clear(),
        writing.objectStore('outbox').delete(of(personId)),
        writing.objectStore('drafts').delete(of(personId)),
        ...files.map((local) => writing.objectStore('files').delete(local)),
        writing.objectStore('wishes').delete(of(personId)),
        writing.done,
      ])
    },
    async forget(): Promise<void> {
      const writing = database.transaction(['place', 'pages'], 'readwrite')
      await Promise.all([writing.objectStore('place').clear(), writing.objectStore('pages').clear(), writing.done])
    },
  }
}
