import { cp, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { draftOf, inhabit, sayMany } from '../contract/setting.ts'
import { makeDurable, openDatabase } from './database.ts'
import { closedFolder, openFresh } from './testing/openFresh.ts'

/** Another folder with only these of the files. */
async function copyOf(dir: string, ...names: string[]) {
  const other = await openFresh()
  await other.close()
  for (const name of await readdir(other.dir)) await rm(path.join(other.dir, name))
  for (const name of names) await cp(path.join(dir, name), path.join(other.dir, name))
  return other.reopen()
}

it('waits for the disk with every commit, has asked SQLite whether it does, and says so', async () => {
  const { store, file } = await openFresh()
  expect(store.durability).toMatch(/^SQLite \d+\.\d+\.\d+, WAL, synchronous=FULL$/)
  const database = openDatabase(file)
  makeDurable(database)
  database.exec('CREATE TABLE written (x)')
  expect(database.get('PRAGMA synchronous')).toEqual({ synchronous: 2 })
  expect(database.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' })
  database.close()
})

it('does not start where SQLite cannot keep that promise', () => {
  const database = openDatabase(':memory:')
  expect(() => makeDurable(database)).toThrow(/^SQLite works at memory, 2; Natter needs WAL and FULL\.$/)
  database.close()
})

it('has in its files what it answered, without being closed', async () => {
  const fresh = await openFresh()
  const { store, lobby, ann } = await inhabit(async () => fresh, 'ann')
  const sent = await sayMany(store, lobby, ann, 20)
  const copy = await copyOf(fresh.dir, 'natter.db', 'natter.db-wal')
  expect((await copy.messages.list({ roomId: lobby, limit: 100 })).messages).toEqual(sent)
})

it('is whole in its one file once it is closed: a copy of that is a backup', async () => {
  const { dir, lobby, sent } = await closedFolder()
  expect((await readdir(dir)).sort()).toEqual(['natter.db', 'natter.db.seen', 'natter.lock'])
  const copy = await copyOf(dir, 'natter.db')
  expect((await copy.messages.list({ roomId: lobby, limit: 100 })).messages).toEqual(sent)
})

it('keeps of a session only its hash', async () => {
  const fresh = await openFresh()
  const { store, lobby, ann } = await inhabit(async () => fresh, 'ann')
  const tokens = [
    await store.sessions.create(ann.id),
    await store.sessions.create(ann.id, { token: 'handed-out'.repeat(4) }),
  ]
  await store.messages.append(draftOf(lobby, ann, 'found in the files'))
  const files = await Promise.all((await readdir(fresh.dir)).map((name) => readFile(path.join(fresh.dir, name))))
  const whole = Buffer.concat(files)
  expect(whole.includes('found in the files')).toBe(true)
  for (const token of tokens) expect(whole.includes(token)).toBe(false)
})
