import { expect, it } from 'vitest'
import { draftOf, inhabit, range, roomOf, sayMany } from '../contract/setting.ts'
import { openDatabase } from './database.ts'
import { everythingIndexed } from './testing/indexed.ts'
import { contentOf, openFresh } from './testing/openFresh.ts'

const filesWith = async (dir: string, text: string) =>
  Object.entries(await contentOf(dir))
    .filter(([, bytes]) => bytes.includes(text))
    .map(([name]) => name)

const rowsOf = (file: string, roomId: string) => {
  const database = openDatabase(file, { readOnly: true })
  const left = database.get(
    'SELECT (SELECT count(*) FROM messages WHERE room_id = ?1) + (SELECT count(*) FROM rooms WHERE id = ?1) AS n',
    roomId,
  )
  database.close()
  return Number(left?.['n'])
}

it('has of a deleted room neither name nor topic nor messages in any of its files soon after, and all of the others', async () => {
  const fresh = await openFresh({ tidyAfter: 50 })
  const { store, dir, file } = fresh
  const { ann, lobby } = await inhabit(async () => fresh, 'ann')
  const roomId = (await store.rooms.create({ name: 'canary one', topic: 'canary two', personId: ann.id })).room.id
  for (const i of range(1, 500))
    void store.messages.append(
      draftOf(
        i % 5 === 0 ? lobby : roomId,
        ann,
        `canary of ${i % 5 === 0 ? 'the lobby' : 'the cellar'} ${'.'.repeat(i * 7)}`,
      ),
    )
  await store.messages.append(draftOf(roomId, ann, 'canary of the cellar, the last'))
  await expect.poll(() => filesWith(dir, 'canary of the cellar')).not.toEqual([])
  const saying = (word: string) => {
    const database = openDatabase(file, { readOnly: true })
    const found = database.get('SELECT count(*) AS n FROM search WHERE search MATCH ?', word)?.['n']
    database.close()
    return found
  }
  await everythingIndexed(file)
  expect([saying('cellar'), saying('lobby')]).toEqual([401, 100])
  await store.rooms.remove(roomId)
  for (const text of ['canary one', 'canary two', 'canary of the cellar', roomId])
    await expect.poll(() => filesWith(dir, text)).toEqual([])
  expect(rowsOf(file, roomId)).toBe(0)
  await everythingIndexed(file)
  expect([saying('cellar'), saying('lobby')]).toEqual([0, 100])
  expect((await store.rooms.heads([lobby]))[lobby]?.seq).toBe(100)
  expect(
    (await store.messages.list({ roomId: lobby, limit: 100 })).messages.every(({ body }) =>
      body.startsWith('canary of the lobby'),
    ),
  ).toBe(true)
})

it('compacts once a deleted room is gone, and not between two pieces of it', async () => {
  const fresh = await openFresh({ tidyAfter: 1 })
  const { store, file } = fresh
  const { ann } = await inhabit(async () => fresh, 'ann')
  const roomId = (await store.rooms.create({ name: 'cellar', topic: '', personId: ann.id })).room.id
  await Promise.all(range(1, 600).map((i) => store.messages.append(draftOf(roomId, ann, `one of many ${i}`))))
  await everythingIndexed(file)
  const state = () => {
    const database = openDatabase(file, { readOnly: true })
    const traces = database.get(`SELECT 1 FROM meta WHERE key = 'traces'`)
    // Compacting counts it up by one.
    const version = Number(database.get('PRAGMA schema_version')?.['schema_version'])
    database.close()
    return { rows: rowsOf(file, roomId), traces, version }
  }
  const { version } = state()
  await store.rooms.remove(roomId)
  await expect.poll(state, { timeout: 30_000 }).toEqual({ rows: 0, traces: undefined, version: version + 1 })
})

it('finds what goes with a room by an index, wherever as much lies as people write', async () => {
  const { file } = await openFresh()
  const database = openDatabase(file, { readOnly: true })
  for (const table of [
    'drafts',
    'files',
    'members',
    'mentions',
    'messages',
    'purged',
    'reminders',
    'reports',
    'saved',
    'versions',
    'withdrawn',
  ]) {
    const plan = database.all(`EXPLAIN QUERY PLAN SELECT 1 FROM ${table} WHERE room_id = ?`, 'a room')
    expect(plan.map(({ detail }) => detail)).toEqual([expect.stringMatching(/^SEARCH .*\(room_id=\?/)])
  }
  database.close()
})

it('goes on with what was still to be removed when it was closed', async () => {
  const fresh = await openFresh({ tidyAfter: 50 })
  const { store, file, reopen } = fresh
  const { ann } = await inhabit(async () => fresh, 'ann')
  const roomId = await roomOf(store, ann)
  await sayMany(store, roomId, ann, 2_000)
  await store.rooms.remove(roomId, ann.id)
  await fresh.close()
  expect(rowsOf(file, roomId)).toBeGreaterThan(0)
  const later = await reopen()
  await expect.poll(() => rowsOf(file, roomId)).toBe(0)
  // What was done stays in the log.
  expect((await later.audit.list({ reader: ann.id, limit: 1 })).entries).toMatchObject([{ roomId }])
})

it('takes the words of a deleted room out of the index although nobody writes any more', async () => {
  const fresh = await openFresh()
  const { store, file, reopen } = fresh
  const { ann } = await inhabit(async () => fresh, 'ann')
  const roomId = await roomOf(store, ann)
  await sayMany(store, roomId, ann, 250)
  await everythingIndexed(file)
  await fresh.close()
  const database = openDatabase(file)
  // Whoever deleted it was ended before anything of it had gone.
  database.run(`UPDATE rooms SET kind = 'deleted' WHERE id = ?`, roomId)
  database.close()
  await reopen()
  await expect.poll(() => rowsOf(file, roomId)).toBe(0)
  await everythingIndexed(file)
})

it('lets everybody else write while it removes a room of many long messages', async () => {
  const fresh = await openFresh({ tidyAfter: 1_000_000 })
  const { store, file } = fresh
  const { ann, lobby } = await inhabit(async () => fresh, 'ann')
  const roomId = await roomOf(store, ann)
  for (const _ of range(1, 5)) {
    await Promise.all(range(1, 300).map(() => store.messages.append(draftOf(roomId, ann, 'long '.repeat(2_000)))))
  }
  await store.rooms.remove(roomId)
  const waits: number[] = []
  while (rowsOf(file, roomId) > 0) {
    const since = performance.now()
    await store.messages.append(draftOf(lobby, ann))
    waits.push(performance.now() - since)
  }
  console.log(JSON.stringify({ messages: waits.length, slowestMs: Math.round(Math.max(...waits)) }))
  expect(waits.length).toBeGreaterThan(10)
  expect(Math.max(...waits)).toBeLessThan(1_000)
}, 60_000)
