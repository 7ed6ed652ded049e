import fs from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { inhabit, sayMany } from '../contract/setting.ts'
import { backUp, restore } from './backup.ts'
import { openDatabase } from './database.ts'
import { closedFolder, contentOf, openFresh } from './testing/openFresh.ts'

it('copies a database of one moment into a file, while somebody writes', async () => {
  const fresh = await openFresh()
  const { store, lobby, ann } = await inhabit(async () => fresh, 'ann')
  const sent = await sayMany(store, lobby, ann, 20)
  const writing = sayMany(store, lobby, ann, 200)
  const to = path.join(fresh.dir, 'copy.db')
  backUp(fresh.dir, to)
  await writing
  const copy = openDatabase(to, { readOnly: true })
  const { n, seq } = copy.get('SELECT count(*) AS n, (SELECT max(seq) FROM rooms) AS seq FROM messages') ?? {}
  expect(n).toBe(seq)
  expect(Number(n)).toBeGreaterThanOrEqual(sent.length)
  copy.close()
})

it('copies a database that nobody is using, and leaves nothing beside it', async () => {
  const { dir, lobby, sent } = await closedFolder()
  const before = await contentOf(dir)
  const to = path.join(dir, 'copy.db')
  backUp(dir, to)
  const { 'copy.db': bytes, ...after } = await contentOf(dir)
  expect(after).toEqual(before)
  expect(bytes?.length).toBeGreaterThan(0)
  // Of nobody else on this machine, whatever their habits.
  expect((await stat(to)).mode & 0o077).toBe(0)

  const other = await closedFolder({ messages: 3 })
  restore(other.dir, to)
  const store = await other.reopen()
  expect((await store.messages.list({ roomId: lobby, limit: 100 })).messages).toEqual(sent)
})

it('never writes over a file, and makes none where there is nothing to copy', async () => {
  const { dir } = await closedFolder()
  const taken = path.join(dir, 'taken')
  await writeFile(taken, 'mine')
  expect(() => backUp(dir, taken)).toThrow(/^\S+taken exists already: name a new file\.$/)
  expect(() => backUp(dir, path.join(dir, 'no', 'such', 'folder'))).toThrow(
    /^\S+ could not be copied to \S+: [^\n]+\.$/,
  )
  const empty = path.join(dir, 'empty')
  await mkdir(empty)
  expect(() => backUp(empty, path.join(dir, 'copy'))).toThrow(/^There is nothing in \S+ to back up\.$/)
  expect(Object.keys(await contentOf(empty))).toEqual([])
})

it('brings a backup back under a new log, and keeps what was there with what was only in its log', async () => {
  const told: string[] = []
  const folder = await closedFolder({ tell: (sentence) => told.push(sentence) })
  const { dir, file, lobby, ann, sent, logId, placeId, reopen, close } = folder
  const backup = path.join(dir, 'backup')
  backUp(dir, backup)
  await sayMany(await reopen(), lobby, ann, 7)
  // As kill -9 would leave it.
  const aside = await contentOf(dir)
  await close()
  for (const name of ['natter.db', 'natter.db-wal', 'natter.db-shm'])
    await writeFile(path.join(dir, name), aside[name] ?? '')

  const kept = restore(dir, backup)
  const store = await reopen()
  expect((await store.messages.list({ roomId: lobby, limit: 100 })).messages).toEqual(sent)
  expect(store.logId).not.toBe(logId)
  expect(store.placeId).toBe(placeId)
  expect(await sayMany(store, lobby, ann, 1)).toMatchObject([{ seq: sent.length + 1 }])
  const restored = store.logId
  expect((await reopen()).logId).toBe(restored)
  expect(told).toEqual([])

  expect(kept).toBe(`${file}.before-restore`)
  const before = openDatabase(String(kept), { readOnly: true })
  expect(before.get('SELECT count(*) AS n FROM messages')).toEqual({ n: sent.length + 7 })
  before.close()
})

it('brings a backup into a folder that is not there yet', async () => {
  const { dir, lobby, sent } = await closedFolder()
  const backup = path.join(dir, 'backup')
  backUp(dir, backup)
  const fresh = await openFresh()
  await fresh.close()
  await rm(fresh.dir, { recursive: true })
  expect(restore(fresh.dir, backup)).toBeNull()
  expect((await (await fresh.reopen()).messages.list({ roomId: lobby, limit: 100 })).messages).toEqual(sent)
})

it('changes nothing for a backup that is damaged, or missing, or while a server is running', async () => {
  const { dir, file, reopen, close } = await closedFolder()
  const backup = path.join(dir, 'backup')
  await cp(file, backup)
  const before = await contentOf(dir)
  const torn = path.join(dir, 'torn')
  await writeFile(torn, (before['backup'] ?? Buffer.alloc(0)).subarray(0, 9_000))
  expect(() => restore(dir, torn)).toThrow(/^\S+torn is damaged and was left as it is\./)
  expect(() => restore(dir, path.join(dir, 'nowhere'))).toThrow(/^There is no backup at \S+\.$/)
  expect(() => restore(dir, file)).toThrow(/^\S+ is in its place already\.$/)
  await reopen()
  expect(() => restore(dir, backup)).toThrow(/^Another Natter is already using \S+\.$/)
  await close()
  await rm(torn)
  const { 'natter.db': database, ...others } = await contentOf(dir)
  const { 'natter.db': was, ...rest } = before
  expect([others, database?.length]).toEqual([rest, was?.length])
})

it('takes the files that people sent along, and puts those aside that were there before', async () => {
  const { dir: data, file } = await closedFolder()
  const copy = path.join(data, 'copy')
  const database = openDatabase(file)
  database.exec(`INSERT INTO files (id, bytes, room_id, uploader_id, name, type, size, ready, begun_at)
    SELECT 'first', 'abc', rooms.id, people.id, 'a', 'text/plain', 4, 1, 0 FROM rooms, people LIMIT 1`)
  database.close()
  await mkdir(path.join(data, 'files', 'unfinished'), { recursive: true })
  await writeFile(path.join(data, 'files', 'abc'), 'then')
  // Of a message that was deleted a moment ago.
  await writeFile(path.join(data, 'files', 'ghi'), 'a secret')
  expect(backUp(data, copy)).toBe(1)
  await rm(path.join(data, 'files', 'abc'))
  await writeFile(path.join(data, 'files', 'def'), 'now')
  const kept = restore(data, copy)
  expect(await readdir(path.join(data, 'files'))).toEqual(['abc'])
  expect(await readFile(path.join(data, 'files', 'abc'), 'utf8')).toBe('then')
  expect(await readdir(`${kept}.files`)).toEqual(['def', 'ghi', 'unfinished'])
})

it('never writes into a folder of files that is there already, and leaves nothing of a backup that fails halfway', async () => {
  const { dir, file } = await closedFolder()
  const to = path.join(dir, 'copy')
  await mkdir(`${to}.files`)
  await writeFile(path.join(`${to}.files`, 'abc'), 'of another backup')
  const database = openDatabase(file)
  for (const id of ['abc', 'def'])
    database.run(
      `INSERT INTO files (id, bytes, room_id, uploader_id, name, type, size, ready, begun_at)
       SELECT ?1, ?1, rooms.id, people.id, 'a', 'text/plain', 4, 1, 0 FROM rooms, people LIMIT 1`,
      id,
    )
  database.close()
  await mkdir(path.join(dir, 'files'))
  for (const id of ['abc', 'def']) await writeFile(path.join(dir, 'files', id), 'then')
  const there = async () => (await readdir(dir, { recursive: true })).toSorted()
  const before = await there()
  expect(() => backUp(dir, to)).toThrow(/^\S+copy\.files exists already: name a new file\.$/)
  expect(await there()).toEqual(before)
  expect(await readFile(path.join(`${to}.files`, 'abc'), 'utf8')).toBe('of another backup')

  await rm(`${to}.files`, { recursive: true })
  const without = await there()
  fullDisk()
  expect(() => backUp(dir, to)).toThrow(/^\S+ could not be copied to \S+: no space left on device\.$/)
  expect(await there()).toEqual(without)
})

/** The backup is on another disk, which is full in the middle of the second file. */
function fullDisk(): void {
  const copyWhole = fs.copyFileSync
  let copied = 0
  vi.spyOn(fs, 'linkSync').mockImplementation(() => {
    throw new Error('cross-device link not permitted')
  })
  vi.spyOn(fs, 'copyFileSync').mockImplementation((from, to) => {
    if (++copied === 1) return copyWhole(from, to)
    fs.writeFileSync(to, 'th')
    throw new Error('no space left on device')
  })
  syncBuiltinESMExports()
  onTestFinished(() => {
    vi.restoreAllMocks()
    syncBuiltinESMExports()
  })
}

it('leaves everything as it was where something cannot be moved, the files as well', async () => {
  const { dir, file } = await closedFolder()
  const backup = path.join(dir, 'backup')
  backUp(dir, backup)
  for (const [folder, name] of [
    ['files', 'now'],
    ['backup.files', 'then'],
  ] as const) {
    await mkdir(path.join(dir, folder))
    await writeFile(path.join(dir, folder, name), name)
  }
  await writeFile(`${file}-wal`, '')
  // A folder is where the database would be kept.
  await mkdir(`${file}.before-restore`)
  const there = () => readdir(dir, { recursive: true })
  const before = (await there()).toSorted()
  expect(() => restore(dir, backup)).toThrow(
    /^\S+backup could not be brought back: [^\n]+\. Everything is as it was\.$/,
  )
  expect((await there()).toSorted()).toEqual(before)
  await rm(`${file}.before-restore`, { recursive: true })
  restore(dir, backup)
  expect(await readdir(path.join(dir, 'files'))).toEqual(['then'])
  expect(await readdir(`${file}.before-restore.files`)).toEqual(['now'])
})
