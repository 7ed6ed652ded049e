import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { draftOf, inhabit, range, sayMany } from '../contract/setting.ts'
import { openDatabase } from './database.ts'
import { MIGRATIONS } from './migrations.ts'
import { migrate } from './schema.ts'
import { SEARCH } from './searchMigration.ts'
import { everythingIndexed } from './testing/indexed.ts'
import { contentOf, openFresh } from './testing/openFresh.ts'

const before = MIGRATIONS.indexOf(SEARCH)

/** A folder of a Natter that did not search, with so many messages in two rooms by turns. */
async function olderFolder(count: number) {
  const fresh = await openFresh()
  await fresh.close()
  await rm(fresh.dir, { recursive: true })
  await mkdir(fresh.dir)
  const database = openDatabase(fresh.file)
  migrate(database, fresh.file, { defaultRoom: 'Lobby', tell: () => {}, migrations: MIGRATIONS.slice(0, before) })
  database.exec(`INSERT INTO people (id, name, appearance, role, tint, rev, created_at) VALUES ('ann', 'ann', 'ann', 'member', 0, 1, 0);
    UPDATE meta SET value = 1 WHERE key = 'people_rev';
    INSERT INTO rooms (id, kind, name, appearance, topic, room_rev, rev, seq, created_at, active_at)
      VALUES ('other', 'public', 'Other', 'other', '', 1, 1, 0, 0, 0);
    INSERT INTO members (room_id, person_id, rev, present, read_up_to) SELECT id, 'ann', 1, 1, 0 FROM rooms;
    BEGIN`)
  for (const i of range(1, count)) {
    const room = i % 2 === 0 ? `(SELECT value FROM meta WHERE key = 'default_room')` : `'other'`
    database.run(`UPDATE rooms SET seq = seq + 1, rev = rev + 1 WHERE id = ${room}`)
    database.run(
      `INSERT INTO messages (room_id, seq, rev, author_id, owner, key, body, sent_at)
       SELECT id, seq, rev, 'ann', 'ann', ?1, ?2, ?1 FROM rooms WHERE id = ${room}`,
      i,
      `old ${i}`,
    )
  }
  database.exec('COMMIT')
  database.close()
  return fresh
}

const find = (query: string) => ({ personId: 'ann', query, order: 'newest', limit: 50, zone: 'UTC' }) as const

it('makes searchable what was said before it could search, newest first, while people go on writing', async () => {
  const { reopen } = await olderFolder(2_000)
  let store = await reopen()
  const { id: lobby } = await store.rooms.default()
  const said = store.messages.append({ roomId: lobby, authorId: 'ann', key: crypto.randomUUID(), body: 'old, and new' })
  const change = store.messages.edit({ roomId: lobby, seq: 1, body: 'changed meanwhile' })
  await Promise.all([said, change])
  // Ended in the middle of it, it goes on where it was.
  store = await reopen()
  await expect.poll(async () => (await store.search.find(find('old'))).all, { timeout: 20_000 }).toBe(true)
  const bodies: string[] = []
  for (let after: string | undefined; ;) {
    const { hits, next } = await store.search.find({ ...find('old'), after })
    bodies.push(...hits.map(({ message }) => message.body))
    if (next === null) break
    after = next
  }
  const older = range(1, 2_000)
    .filter((i) => i !== 2)
    .reverse()
  expect(bodies).toEqual(['old, and new', ...older.map((i) => `old ${i}`)])
  expect((await store.search.find(find('changed'))).hits).toHaveLength(1)
})

it('indexes everything anew where terms are others than before', async () => {
  const fresh = await openFresh()
  const { lobby, ann } = await inhabit(async () => fresh, 'ann')
  await fresh.store.messages.append(draftOf(lobby, ann, 'quetzal'))
  await everythingIndexed(fresh.file)
  await fresh.close()
  const database = openDatabase(fresh.file)
  database.exec(
    `UPDATE meta SET value = 'others' WHERE key = 'terms'; INSERT INTO search (search) VALUES ('delete-all')`,
  )
  database.close()
  const store = await fresh.reopen()
  const search = { ...find('quetzal'), personId: ann.id }
  expect((await store.search.find(search)).hits).toHaveLength(1)
  await everythingIndexed(fresh.file)
  expect((await store.search.find(search)).hits).toHaveLength(1)
})

it('finds after kill -9 what was committed and not indexed yet, and indexes it then', async () => {
  const fresh = await openFresh()
  const { dir, file, store } = fresh
  const { lobby, ann } = await inhabit(async () => fresh, 'ann')
  await sayMany(store, lobby, ann, 50)
  await everythingIndexed(file)
  let said = 50
  let killed: Awaited<ReturnType<typeof contentOf>>
  const elsewhere = await mkdtemp(path.join(tmpdir(), 'natter-store-'))
  onTestFinished(() => rm(elsewhere, { recursive: true }))
  const putInto = async (folder: string) => {
    for (const name of ['natter.db', 'natter.db-wal']) await writeFile(path.join(folder, name), killed[name] ?? '')
  }
  // On a busy machine it may be indexed before it is copied.
  do {
    await sayMany(store, lobby, ann, 50)
    said += 50
    killed = await contentOf(dir)
    await putInto(elsewhere)
  } while (waitingIn(path.join(elsewhere, 'natter.db')) === 0)
  await fresh.close()
  await putInto(dir)
  await rm(`${file}-shm`, { force: true })

  const later = await fresh.reopen()
  const search = { ...find('message'), personId: ann.id, limit: 200 }
  expect((await later.search.find(search)).hits).toHaveLength(said)
  await everythingIndexed(file)
  expect((await later.search.find(search)).hits).toHaveLength(said)
})

/** How many messages are still to be indexed. */
function waitingIn(file: string): number {
  const database = openDatabase(file)
  const row = database.get(
    `SELECT count(*) AS n FROM messages WHERE said > (SELECT value FROM meta WHERE key = 'indexed')`,
  )
  database.close()
  return Number(row?.['n'])
}
