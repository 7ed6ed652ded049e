import { execFile } from 'node:child_process'
import { cp, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { draftOf, inhabit, sayMany } from '../contract/setting.ts'
import { makeDurable, openDatabase } from './database.ts'
import { openSqlite } from './index.ts'
import { openFresh } from './testing/openFresh.ts'

/** A folder in which somebody wrote, closed again. */
async function closedFolder() {
  const fresh = await openFresh()
  const { lobby, ann } = await inhabit(async () => fresh, 'ann')
  const sent = await sayMany(fresh.store, lobby, ann, 50)
  await fresh.close()
  return { ...fresh, lobby, sent, bytes: await readFile(fresh.file) }
}

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
  const copy = await copyOf(dir, 'natter.db')
  expect((await copy.messages.list({ roomId: lobby, limit: 100 })).messages).toEqual(sent)
})

it('keeps of a session only its hash', async () => {
  const fresh = await openFresh()
  const { store, lobby, ann } = await inhabit(async () => fresh, 'ann')
  const tokens = [await store.sessions.create(ann.id), await store.sessions.create(ann.id, 'handed-out'.repeat(4))]
  await store.messages.append(draftOf(lobby, ann, 'found in the files'))
  const files = await Promise.all((await readdir(fresh.dir)).map((name) => readFile(path.join(fresh.dir, name))))
  const whole = Buffer.concat(files)
  expect(whole.includes('found in the files')).toBe(true)
  for (const token of tokens) expect(whole.includes(token)).toBe(false)
})

it('refuses a folder that another Natter is using, in one sentence, and opens it once that one has closed', async () => {
  const { dir, reopen } = await openFresh()
  const sentence = `Another Natter is already using ${dir}.`
  await expect(openSqlite({ dir })).rejects.toThrow(new Error(sentence))
  const other = `import { openSqlite } from ${JSON.stringify(new URL('./index.ts', import.meta.url))}
    await openSqlite({ dir: ${JSON.stringify(dir)} }).catch((error) => console.log(error.message))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', other])
  expect(stdout).toBe(`${sentence}\n`)
  await expect(reopen()).resolves.toHaveProperty('logId')
})

const damages: Record<string, (file: string, size: number) => Promise<unknown>> = {
  'with garbage for a header': async (file) => {
    const handle = await open(file, 'r+')
    await handle.write(Buffer.alloc(100, 'garbage '))
    await handle.close()
  },
  'that is no database at all': (file, size) => writeFile(file, Buffer.alloc(size, 'nonsense ')),
  'cut off in the middle': (file, size) => truncate(file, size / 2),
  'cut off by a byte': (file, size) => truncate(file, size - 1),
  'cut off in its header': (file) => truncate(file, 50),
}

it.each(Object.entries(damages))('refuses a file %s in one line, and leaves it as it is', async (_, damage) => {
  const { dir, file, bytes, lobby, sent, reopen } = await closedFolder()
  await damage(file, bytes.length)
  const damaged = await readFile(file)

  await expect(openSqlite({ dir })).rejects.toThrow(/^\S+natter\.db is damaged and was left as it is\. [^\n]+\.$/)

  expect(Buffer.compare(await readFile(file), damaged)).toBe(0)
  await writeFile(file, bytes)
  const restored = await reopen()
  expect((await restored.messages.list({ roomId: lobby, limit: 100 })).messages).toEqual(sent)
})

it('refuses a database that a newer Natter wrote, and leaves it as it is', async () => {
  const { dir, file } = await closedFolder()
  const database = openDatabase(file)
  database.exec('PRAGMA user_version = 1000')
  database.close()
  const newer = await readFile(file)
  await expect(openSqlite({ dir })).rejects.toThrow(/^[^\n]+ newer Natter\. [^\n]+\.$/)
  expect(Buffer.compare(await readFile(file), newer)).toBe(0)
})
