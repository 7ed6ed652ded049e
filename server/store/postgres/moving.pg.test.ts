import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { makeDatabase, makeMigrated } from '../../testing/database.ts'
import { draftOf, inhabit, sayMany } from '../contract/setting.ts'
import { copyAll, digestOf, KEPT } from '../sql/copying.ts'
import { linkFor } from '../sql/resetLink.ts'
import { restore } from '../sqlite/backup.ts'
import { openDatabase } from '../sqlite/database.ts'
import { inFolder } from '../sqlite/inFolder.ts'
import { openSqlite } from '../sqlite/index.ts'
import { MIGRATIONS } from '../sqlite/migrations.ts'
import { openFresh as openFolder } from '../sqlite/testing/openFresh.ts'
import { backUpDatabase, restoreDatabase } from './backup.ts'
import { directly, mustBeAtRest } from './direct.ts'
import { openPostgres } from './index.ts'
import { openFresh } from './testing/openFresh.ts'

const quietly = () => {}

/** A folder in which somebody said, changed, deleted and showed something. */
async function lived() {
  const fresh = await openFolder()
  const { lobby, ann, bob } = await inhabit(async () => fresh, 'ann', 'bob')
  const { store, dir, close } = fresh
  await sayMany(store, lobby, ann, 30)
  await store.messages.edit({ roomId: lobby, seq: 3, body: 'Grüße, 日本語' })
  await store.messages.remove({ roomId: lobby, seq: 4 })
  await store.reactions.set({ roomId: lobby, seq: 5, emoji: '🎉', on: true, personId: bob.id })
  await store.profiles.setPicture(bob.id, { type: 'image/webp', bytes: new Uint8Array([0, 1, 255]) })
  await store.moderation.mute({ personId: bob.id, roomId: lobby, until: Date.now() + 60_000, by: ann.id })
  const { logId, placeId } = store
  await close()
  return { dir, lobby, ann, bob, logId, placeId }
}

it('moves everything into a database and back, and it is the same all the way', async () => {
  const { dir, lobby, ann, logId, placeId } = await lived()
  const { url, drop } = await makeDatabase()
  onTestFinished(drop)
  const before = inFolder(dir, digestOf)
  expect(before.rows).toBeGreaterThan(40)
  expect(await directly(url, (database) => inFolder(dir, (folder) => copyAll(folder, database, quietly)))).toEqual(
    before,
  )
  expect(await directly(url, digestOf)).toEqual(before)

  const store = await openPostgres({ url })
  expect([store.logId, store.placeId]).toEqual([logId, placeId])
  expect(await store.messages.append(draftOf(lobby, ann))).toMatchObject({ seq: 31 })
  const search = { personId: ann.id, query: 'grusse', order: 'newest' as const, limit: 10, zone: 'UTC' }
  expect((await store.search.find(search)).hits).toMatchObject([{ message: { seq: 3 } }])
  await store.close()

  const after = await directly(url, digestOf)
  const back = await mkdtemp(path.join(tmpdir(), 'natter-back-'))
  onTestFinished(() => rm(back, { recursive: true }))
  expect(await directly(url, (database) => inFolder(back, (folder) => copyAll(database, folder, quietly)))).toEqual(
    after,
  )
  const again = await openSqlite({ dir: back })
  expect((await again.search.find(search)).hits).toMatchObject([{ message: { seq: 3 } }])
  expect(await again.messages.append(draftOf(lobby, ann))).toMatchObject({ seq: 32 })
  await again.close()
})

it('moves nothing to where people are, or a node is, and then there is nothing of it', async () => {
  const { dir } = await lived()
  const { url, close, store } = await openFresh()
  await expect(directly(url, mustBeAtRest)).rejects.toThrow('A Natter is running on this database')
  await store.people.create({ name: 'ann', role: 'member' })
  await close()
  const before = await directly(url, digestOf)
  const moving = directly(url, (database) => inFolder(dir, (folder) => copyAll(folder, database, quietly)))
  await expect(moving).rejects.toThrow('People are there already')
  expect(await directly(url, digestOf)).toEqual(before)
})

it('has the same tables in both, column by column, and moves all that are worth it', async () => {
  const { url, drop } = await makeMigrated()
  onTestFinished(drop)
  const lite = openDatabase(':memory:')
  onTestFinished(lite.close)
  for (const migration of MIGRATIONS) lite.exec(migration)
  const there = await directly(url, (database) =>
    database.all(
      `SELECT table_name AS name, column_name AS col, is_nullable = 'YES' AS empty FROM information_schema.columns
       WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`,
    ),
  )
  const tables = Map.groupBy(there, ({ name }) => String(name))
  for (const own of ['search', 'to_search', 'commits', 'history']) expect(tables.delete(own)).toBe(true)
  const here = lite
    .all(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite*' AND name NOT GLOB 'search*'`)
    .map(({ name }) => String(name))
    .filter((name) => !['outdated', 'to_index'].includes(name))
  expect([...tables.keys()].toSorted()).toEqual(here.toSorted())
  expect([...KEPT].toSorted()).toEqual(here.toSorted())
  for (const name of here) {
    const columns = lite.all(`SELECT name, "notnull" = 0 AND pk = 0 AS empty FROM pragma_table_info('${name}')`)
    const told = tables.get(name)?.map(({ col, empty }) => ({ name: col, empty }))
    expect(told, name).toEqual(columns)
  }
})

it('backs a database up while a node is using it, and brings that back into one, or into a folder', async () => {
  const { url, store, close } = await openFresh()
  const { lobby, ann } = await inhabit(async () => ({ store, reopen: async () => store }), 'ann')
  const sent = await sayMany(store, lobby, ann, 20)
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-backup-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const copy = path.join(dir, 'copy')
  expect(await backUpDatabase(url, dir, copy)).toBe(0)
  await store.messages.append(draftOf(lobby, ann, 'after it'))
  await expect(restoreDatabase(url, dir, copy)).rejects.toThrow('A Natter is running')
  await close()

  await restoreDatabase(url, dir, copy)
  restore(path.join(dir, 'folder'), copy)
  for (const open of [() => openPostgres({ url }), () => openSqlite({ dir: path.join(dir, 'folder') })]) {
    const again = await open()
    expect((await again.messages.list({ roomId: lobby, limit: 100 })).messages).toEqual(sent)
    expect(again.logId, 'clients start over').not.toBe(store.logId)
    expect(await again.messages.append(draftOf(lobby, ann))).toMatchObject({ seq: 21 })
    await again.close()
  }
})

it('makes a link for somebody beside a running node', async () => {
  const { url, store } = await openFresh()
  const ann = await store.people.create({ name: 'ann', role: 'member' })
  const { token } = await directly(url, (database) => linkFor(database, 'Ann'))
  expect(await store.accounts.whose({ link: token })).toEqual(ann)
})
