import { cp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { draftOf, inhabit, range } from '../contract/setting.ts'
import { openDatabase } from './database.ts'
import { openSqlite } from './index.ts'
import { closedFolder, contentOf, openFresh } from './testing/openFresh.ts'

/** https://sqlite.org/fileformat.html#b_tree_pages */
const KINDS_OF_PAGES = [2, 5, 10, 13]

async function overwrite(file: string, at: number, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.write(bytes, 0, bytes.length, at)
  await handle.close()
}

/** One bit in the middle of the list that says where on the page what is. */
async function flipABit(file: string): Promise<void> {
  const bytes = await readFile(file)
  const pages = range(4, bytes.length / 4096 - 1).map((i) => i * 4096)
  const page = pages.find((at) => KINDS_OF_PAGES.includes(bytes[at] ?? 0) && bytes.readUInt16BE(at + 3) > 10) ?? 0
  await overwrite(file, page + 16, Buffer.from([(bytes[page + 16] ?? 0) ^ 0x40]))
}

const damages: Record<string, (file: string, size: number) => Promise<unknown>> = {
  'with garbage for a header': (file) => overwrite(file, 0, Buffer.alloc(100, 'garbage ')),
  'that is no database at all': (file, size) => writeFile(file, Buffer.alloc(size, 'nonsense ')),
  'cut off in the middle': (file, size) => truncate(file, size / 2),
  'cut off by a byte': (file, size) => truncate(file, size - 1),
  'cut off in its header': (file) => truncate(file, 50),
  'with one bit turned over in the middle of a page': flipABit,
}
const isDamaged = /^\S+natter\.db is damaged and was left as it is\. [^\n]+ "npm run restore <file>"\.$/

it.each(Object.entries(damages))('refuses a file %s in one line, and leaves everything as it is', async (_, damage) => {
  const { dir, file, lobby, sent, reopen } = await closedFolder()
  const bytes = await readFile(file)
  await damage(file, bytes.length)
  const before = await contentOf(dir)

  await expect(openSqlite({ dir })).rejects.toThrow(isDamaged)

  expect(await contentOf(dir)).toEqual(before)
  await writeFile(file, bytes)
  const restored = await reopen()
  expect((await restored.messages.list({ roomId: lobby, limit: 100 })).messages).toEqual(sent)
})

/** What a server that was ended in the middle leaves: the newest is still in the write-ahead log. */
async function killedFolder() {
  const fresh = await openFresh()
  const { store, lobby, ann } = await inhabit(async () => fresh, 'ann')
  await Promise.all(range(1, 50).map(() => store.messages.append(draftOf(lobby, ann))))
  const other = await openFresh()
  await other.close()
  await rm(path.join(other.dir, 'natter.db.seen'))
  for (const name of ['natter.db', 'natter.db-wal', 'natter.db-shm'])
    await cp(path.join(fresh.dir, name), path.join(other.dir, name))
  await fresh.close()
  return { ...other, lobby }
}

it.each(['with an index of its log', 'without'])('leaves the log of a damaged file as it is, %s', async (index) => {
  const { dir, file } = await killedFolder()
  if (index === 'without') await rm(`${file}-shm`)
  await overwrite(file, 0, Buffer.alloc(100, 'garbage '))
  await overwrite(`${file}-wal`, 0, Buffer.alloc(100, 'garbage '))
  const before = await contentOf(dir)
  await expect(openSqlite({ dir })).rejects.toThrow(isDamaged)
  expect(await contentOf(dir)).toEqual(before)
})

it('begins nothing new in the place of what was there: in an empty file with its log, or without a file', async () => {
  const { dir, file, lobby, reopen, close } = await killedFolder()
  const bytes = await readFile(file)
  for (const lose of [() => truncate(file, 0), () => rm(file)]) {
    await lose()
    const before = await contentOf(dir)
    await expect(openSqlite({ dir })).rejects.toThrow(/^\S+natter\.db is empty or missing[^\n]+npm run restore/)
    expect(await contentOf(dir)).toEqual(before)
  }
  await writeFile(file, bytes)
  const later = await reopen()
  expect((await later.messages.list({ roomId: lobby, limit: 100 })).head.seq).toBe(50)
  await close()

  await rm(file)
  await expect(openSqlite({ dir })).rejects.toThrow(/^\S+natter\.db is empty or missing[^\n]+npm run restore/)
})

it('refuses a database that a newer Natter wrote, and leaves everything as it is', async () => {
  const { dir, file } = await closedFolder()
  const database = openDatabase(file)
  database.exec('PRAGMA journal_mode = DELETE; PRAGMA user_version = 1000')
  database.close()
  const before = await contentOf(dir)
  await expect(openSqlite({ dir })).rejects.toThrow(/^[^\n]+ newer Natter\. [^\n]+\.$/)
  expect(await contentOf(dir)).toEqual(before)
})

it('starts a database that is too large to be looked through first, and tells soon after what is damaged', async () => {
  const { dir, file, lobby } = await closedFolder()
  const database = openDatabase(file)
  database.exec(`CREATE TABLE ballast (x);
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000) INSERT INTO ballast SELECT zeroblob(4000) FROM n`)
  database.close()
  await flipABit(file)
  const troubles: string[] = []
  const store = await openSqlite({ dir, onTrouble: (error) => troubles.push(String(error)) })
  onTestFinished(() => store.close())
  expect(await store.rooms.heads([lobby])).toMatchObject({ [lobby]: { seq: 50 } })
  await expect.poll(() => store.condition().damage, { timeout: 20_000 }).toMatch(/natter\.db is damaged\. /)
  expect(store.condition().trouble).toBeNull()
  expect(troubles).toHaveLength(1)
})
