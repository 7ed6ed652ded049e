import { expect, it } from 'vitest'
import { draftOf, inhabit, range, roomOf, sayMany } from '../contract/setting.ts'
import { openDatabase } from './database.ts'
import { createSearching } from '../sql/searching.ts'
import { createSearchReads } from '../sql/searchReads.ts'
import { createSearchIndex } from './searchIndex.ts'
import { searcherOf } from './startSearcher.ts'
import { createSearchStore } from '../sql/searchStore.ts'
import { everythingIndexed } from './testing/indexed.ts'
import { openFresh } from './testing/openFresh.ts'

async function open() {
  const fresh = await openFresh()
  const { store, lobby, ann, bob } = await inhabit(async () => fresh, 'ann', 'bob')
  const database = openDatabase(fresh.file, { readOnly: true })
  return { ...fresh, store, lobby, ann, bob, database }
}

const asked = (personId: string, query = 'quetzal') =>
  ({ personId, query, order: 'newest', limit: 10, zone: 'UTC' }) as const

it('tells nothing of what was left, deleted or changed between being found and being told', async () => {
  const { store, lobby, ann, bob, database } = await open()
  const kitchen = await roomOf(store, bob)
  await store.rooms.add(kitchen, ann.id)
  const [gone, other, moved] = await Promise.all(
    ['quetzal one', 'quetzal two', 'quetzal three'].map((body) => store.messages.append(draftOf(lobby, bob, body))),
  )
  await store.messages.append(draftOf(kitchen, bob, 'quetzal in the kitchen'))
  const { find } = createSearchReads(database, createSearchIndex(database))
  const { tell } = createSearchStore(database, (read) => read())
  const outcome = find(asked(ann.id), () => true)
  await store.rooms.leave(kitchen, ann.id)
  if (gone) await store.messages.remove(gone)
  if (other) await store.messages.edit({ ...other, body: 'another bird' })
  if (moved) await store.messages.edit({ ...moved, body: 'three, quetzal' })
  const { hits } = await tell(asked(ann.id), outcome)
  expect(hits.map(({ message, marks }) => [message.body, marks])).toEqual([['three, quetzal', [[7, 14]]]])
  database.close()
})

it('tells of a message that is deleted meanwhile nothing, where no words are asked for either', async () => {
  const { store, lobby, ann, bob, database } = await open()
  const [kept, gone] = await Promise.all([1, 2].map(() => store.messages.append(draftOf(lobby, bob, 'quetzal'))))
  const { find } = createSearchReads(database, createSearchIndex(database))
  const { tell } = createSearchStore(database, (read) => read())
  const search = asked(ann.id, 'from:bob')
  const outcome = find(search, () => true)
  if (gone) await store.messages.remove(gone)
  const { hits } = await tell(search, outcome)
  expect(hits).toEqual([{ message: kept, marks: [] }])
  database.close()
})

it('tells what it has found when its time is over, and goes on from there', async () => {
  const { store, lobby, ann, database } = await open()
  await sayMany(store, lobby, ann, 1_000)
  const { find } = createSearchReads(database, createSearchIndex(database))
  let looks = 0
  const { places, next, all } = find({ ...asked(ann.id, 'message'), limit: 500 }, () => ++looks < 3)
  expect(all).toBe(false)
  expect(places.length).toBeGreaterThan(100)
  expect(places.length).toBeLessThan(300)
  const rest = find({ ...asked(ann.id, 'message'), limit: 1_000, after: next ?? '' }, () => true)
  expect(places.length + rest.places.length).toBe(1_000)
  expect(rest).toMatchObject({ next: null, all: true })
  database.close()
})

it('finds a way on to one’s own, however much of others is above it and however soon its time is over', async () => {
  const { store, lobby, ann, bob, file, database } = await open()
  const kitchen = await roomOf(store, bob)
  const limits = { unsent: 999, mine: 999, all: 999 }
  async function send(roomId: string) {
    const about = { name: 'lamp', type: 'image/png', size: 1, width: 1, height: 1 }
    const { file: begun } = await store.files.begin({ roomId, uploaderId: bob.id, name: 'lamp', size: 1, limits })
    await store.files.finish(begun.id, about)
    const body = 'quetzal `in` https://a.example'
    return store.messages.append({ ...draftOf(roomId, bob, body), files: [{ id: begun.id }] })
  }
  await send(lobby)
  await send(lobby)
  await store.pins.set({ roomId: lobby, seq: 1, on: true, by: ann.id })
  await Promise.all(range(1, 200).map(() => send(kitchen)))
  await send(lobby)
  await Promise.all(range(1, 200).map(() => send(kitchen)))
  const { find } = createSearchReads(database, createSearchIndex(database))
  const hasty = (query: string) => {
    const found: number[] = []
    let after: string | undefined
    for (let pages = 0; pages < 20; pages++) {
      const { places, next, all } = find({ ...asked(ann.id, query), after }, () => false)
      found.push(...places.map(({ seq }) => seq))
      expect(all || next !== null, query).toBe(true)
      if (next === null) return found
      // Of other rooms it tells nothing.
      expect(next).toContain(lobby)
      after = next
    }
    throw new Error('It never ends.')
  }
  for (const wait of [async () => {}, everythingIndexed]) {
    await wait(file)
    for (const query of ['has:file', 'has:image', 'has:link', 'has:code', 'from:bob', 'after:2020-01-01', 'quetzal'])
      expect(hasty(query), query).toEqual([3, 2, 1])
    expect(hasty('is:pinned')).toEqual([1])
  }
  database.close()
})

it.each([1, 2])(
  'refuses where too many wait, answers everybody when it closes, and lets everybody else go on: %i threads',
  async (threads) => {
    const { file, store, lobby, ann, database } = await open()
    database.close()
    await store.messages.append(draftOf(lobby, ann, 'quetzal'))
    const searching = createSearching({
      startThread: searcherOf(file),
      threads,
      onTrouble: () => {},
      onDamage: () => {},
    })
    const many = Array.from({ length: 120 }, (_, i) => searching.search(asked(`nobody ${i}`)))
    const answers = await Promise.allSettled(many)
    const refused = answers.flatMap((one) => (one.status === 'rejected' ? one.reason : []))
    expect(refused.length).toBe(120 - 100 - threads)
    expect(refused[0]).toMatchObject({ code: 'rate_limited' })
    expect((await searching.search(asked(ann.id))).places).toHaveLength(1)
    const last = searching.search(asked(ann.id))
    await searching.close()
    await last
    await expect(searching.search(asked(ann.id))).rejects.toMatchObject({ code: 'storage_unavailable' })
  },
)

it('finds what has files, without a text as well, by whom and where it is, indexed or not', async () => {
  const { store, lobby, ann, bob, file: database } = await open()
  const kitchen = await roomOf(store, ann)
  async function send(roomId: string, author: typeof ann, body: string, picture?: { width: number; height: number }) {
    const limits = { unsent: 9, mine: 99, all: 99 }
    const { file } = await store.files.begin({ roomId, uploaderId: author.id, name: 'lamp', size: 1, limits })
    await store.files.finish(file.id, { name: 'lamp', type: picture ? 'image/png' : 'text/plain', size: 1, ...picture })
    return store.messages.append({ ...draftOf(roomId, author, body), files: [{ id: file.id }] })
  }
  const said = [
    await send(lobby, ann, ''),
    await store.messages.append(draftOf(lobby, ann, 'the lamp')),
    await send(lobby, bob, 'the lamp', { width: 1, height: 1 }),
    await send(kitchen, ann, '', { width: 1, height: 1 }),
    await store.messages.append(draftOf(kitchen, ann, 'words')),
  ]
  async function found(query: string) {
    const { hits } = await store.search.find(asked(ann.id, query))
    return hits.map(({ message }) => said.findIndex(({ key }) => key === message.key))
  }
  for (const wait of [async () => {}, everythingIndexed]) {
    await wait(database)
    expect(await found('has:file')).toEqual([3, 2, 0])
    expect(await found('has:image')).toEqual([3, 2])
    expect(await found('has:image in:lobby')).toEqual([2])
    expect(await found('has:file lam')).toEqual([3, 2, 0])
    expect(await found('has:file has:link')).toEqual([])
    expect(await found('from:me')).toEqual([4, 3, 1, 0])
    expect(await found('from:me in:kitchen')).toEqual([4, 3])
  }
  await store.messages.remove({ roomId: kitchen, seq: 1 })
  expect(await found('has:image')).toEqual([2])
  expect(await found('from:me')).toEqual([4, 1, 0])
})
