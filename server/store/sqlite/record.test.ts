import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { sayMany } from '../contract/setting.ts'
import { openDatabase } from './database.ts'
import { openSqlite } from './index.ts'
import { closedFolder } from './testing/openFresh.ts'

async function emptyFolder(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-copy-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  return dir
}

/** A folder in which more happened since a copy of it was made. */
async function backedUp() {
  const folder = await closedFolder()
  const backup = await emptyFolder()
  await cp(folder.dir, backup, { recursive: true })
  await sayMany(await folder.reopen(), folder.lobby, folder.ann, 5)
  await folder.close()
  return { ...folder, backup, copy: path.join(backup, 'natter.db') }
}
type BackedUp = Awaited<ReturnType<typeof backedUp>>

/** Opens and closes it. Resolves to its log id, and to what it said of it. */
async function start(dir: string) {
  const told: string[] = []
  const store = await openSqlite({ dir, tell: (sentence) => told.push(sentence) })
  await store.close()
  return { logId: store.logId, told }
}

/** It stays the same file on its disk. */
const overwrite = async (file: string, from: string) => writeFile(file, await readFile(from))

const ways: Record<string, (folder: BackedUp) => Promise<string>> = {
  'over the one that was there': async ({ dir, file, copy }) => {
    await overwrite(file, copy)
    return dir
  },
  'of another place where more was said': async ({ dir, file }) => {
    const other = await closedFolder({ messages: 200 })
    await overwrite(file, other.file)
    return dir
  },
  'with all of its folder': async ({ dir, backup }) => {
    await rm(dir, { recursive: true })
    await cp(backup, dir, { recursive: true })
    return dir
  },
  'into a folder of its own': async ({ copy }) => {
    const other = await emptyFolder()
    await cp(copy, path.join(other, 'natter.db'))
    return other
  },
  'a second time': async ({ dir, file, copy }) => {
    await overwrite(file, copy)
    const store = await openSqlite({ dir })
    const [ann, lobby] = [await store.people.byName('ann'), await store.rooms.default()]
    // Further than what the folder had before.
    if (ann) await sayMany(store, lobby.id, ann, 20)
    await store.close()
    await overwrite(file, copy)
    return dir
  },
}

it.each(Object.entries(ways))('begins a new log, once, when a copy was put there %s', async (_, putBack) => {
  const folder = await backedUp()
  const dir = await putBack(folder)
  const restored = await start(dir)
  expect(restored.logId).not.toBe(folder.logId)
  expect(restored.told).toEqual(['database was brought back from a copy: clients start over'])
  expect(await start(dir)).toEqual({ logId: restored.logId, told: [] })
})

it('keeps its log whenever it is opened again: ended in order or not, and compacted meanwhile', async () => {
  const { dir, file, logId } = await closedFolder()
  expect(await start(dir)).toEqual({ logId, told: [] })
  const database = openDatabase(file)
  database.exec('VACUUM')
  database.close()
  expect(await start(dir)).toEqual({ logId, told: [] })
  const seen = path.join(dir, 'natter.db.seen')
  // What was written down last is behind what was stored when the process was killed.
  const before = await emptyFolder()
  await cp(seen, path.join(before, 'seen'))
  const store = await openSqlite({ dir })
  await store.people.create({ name: 'bob', role: 'member' })
  await store.close()
  await cp(path.join(before, 'seen'), seen)
  expect(await start(dir)).toEqual({ logId, told: [] })
})
