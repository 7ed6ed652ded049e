import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished } from 'vitest'
import type { RefusalCode } from '../../../protocol/errors.ts'
import type { Change, RoomChanges } from '../../../protocol/changes.ts'
import type { Message } from '../../../protocol/messages.ts'
import type { Person } from '../../../protocol/people.ts'
import type { Commit, Store } from '../store.ts'

/** What the tests of the contract have in common: how they begin, and how they look at what they got. */

export type Opened = {
  /** Nobody has used it yet. */
  store: Store
  /** Closes the store that is open, and opens the same data again. */
  reopen: () => Promise<Store>
}

/** Called inside a test. Whatever it opened is closed and gone when that test ends. */
export type OpenStore = () => Promise<Opened>

/** A store that a test closes and opens again as it likes. `remove` is done when the test ends, after the last one is closed. */
export async function openAnew(openStore: () => Promise<Store>, remove: () => Promise<void>) {
  let current: Store | null = null
  const close = async () => {
    await current?.close()
    current = null
  }
  const reopen = async (): Promise<Store> => {
    await close()
    current = await openStore()
    return current
  }
  onTestFinished(async () => {
    await close()
    await remove()
  })
  return { store: await reopen(), close, reopen }
}

/** A fresh store with these people in it. */
export async function inhabit<Name extends string>(open: OpenStore, ...names: Name[]) {
  const { store, reopen } = await open()
  const people = await Promise.all(names.map((name) => store.people.create({ name, role: 'member' })))
  const byName = Object.fromEntries(people.map((person) => [person.name, person])) as Record<Name, Person>
  return { store, reopen, lobby: (await store.rooms.default()).id, ...byName }
}

/** A public room of theirs, by its id. */
export async function roomOf(store: Store, { id }: Person, name = 'Kitchen'): Promise<string> {
  return (await store.rooms.create({ name, topic: '', personId: id })).room.id
}

export const draftOf = (roomId: string, author: Person, body = 'hi') => ({
  roomId,
  authorId: author.id,
  key: randomUUID(),
  body,
})

/** So many messages, sent at once. */
export const sayMany = (store: Store, roomId: string, author: Person, count: number): Promise<Message[]> =>
  Promise.all(range(1, count).map((i) => store.messages.append(draftOf(roomId, author, `message ${i}`))))

/** Not all at once where it is not about that: who stands at the end of a thousand may be refused. */
export async function inSlices<T, R>(items: readonly T[], task: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (let at = 0; at < items.length; at += 100) done.push(...(await Promise.all(items.slice(at, at + 100).map(task))))
  return done
}

/** A code for programs, and a sentence for people. */
export const refusal = (code: RefusalCode): unknown =>
  expect.objectContaining({ name: 'Refusal', code, message: expect.stringMatching(/^\p{Lu}.*\.$/u) })

export const emptyCommit: Commit = {
  rooms: [],
  people: null,
  place: null,
  sessions: [],
  deletedRooms: [],
  alone: [],
  moderated: [],
  reported: false,
}

/** Everything that is told from now on. */
export function hear(store: Store): Commit[] {
  const commits: Commit[] = []
  store.onCommit((commit) => commits.push(commit))
  return commits
}

export const packetsOf = (commits: Commit[], roomId: string): RoomChanges[] =>
  commits.flatMap(({ rooms }) => rooms.filter((packet) => packet.roomId === roomId))

/** Each goes on where the one before it ended, beginning after `since`. Returns where the last one ended. */
export function expectToJoin(packets: { after: number; rev: number }[], since: number): number {
  return packets.reduce((cursor, { after, rev }) => {
    expect(after).toBe(cursor)
    expect(rev).toBeGreaterThan(after)
    return rev
  }, since)
}

/** Asks for page after page, as somebody does who comes back. */
export async function catchUp(store: Store, roomId: string, since: number) {
  const pages: RoomChanges[] = []
  for (let cursor = since; ;) {
    const { changed, more, reset } = await store.messages.sync({ roomId, since: cursor })
    expect(reset).toBeNull()
    if (changed) pages.push(changed)
    const rev = expectToJoin(pages, since)
    if (!changed || !more) return { pages, changes: pages.flatMap(({ changes }) => changes), rev }
    cursor = rev
  }
}

/** Which thing of its room this is a state of, and the revision that stamped it. */
export function thingOf(change: Change): { thing: string; rev: number } {
  if (change.type === 'message:changed') return { thing: `message ${change.message.seq}`, rev: change.message.rev }
  if (change.type === 'room:changed') return { thing: 'room', rev: change.room.rev }
  return { thing: `member ${change.member.personId}`, rev: change.member.rev }
}

export const revsOf = (changes: Change[]): number[] => changes.map((change) => thingOf(change).rev)
export const seqsOf = (messages: { seq: number }[]): number[] => messages.map(({ seq }) => seq)
export const namesOf = (people: { name: string }[]): string[] => people.map(({ name }) => name)

/** first, first + 1 … last. */
export const range = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)

/**
 * Asks over and over while somebody writes. An answer that is put together from two looks at the data, with a commit between
 * them, contradicts itself; only many questions find it.
 */
export async function whileWriting(write: (i: number) => Promise<unknown>, ask: () => Promise<void>): Promise<void> {
  let going = true
  const until = async (work: () => Promise<void>) => {
    try {
      await work()
    } finally {
      going = false
    }
  }
  const writing = until(async () => {
    for (let i = 0; i < 100 && going; i++) await write(i)
  })
  const asking = until(async () => {
    while (going) {
      for (let i = 0; i < 20; i++) await ask()
      await turn()
    }
  })
  for (const end of await Promise.allSettled([writing, asking])) if (end.status === 'rejected') throw end.reason
}
