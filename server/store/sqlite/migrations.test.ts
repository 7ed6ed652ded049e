import { cp, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { copyBefore } from './copies.ts'
import { openDatabase } from './database.ts'
import { openSqlite } from './index.ts'
import { MIGRATIONS } from './migrations.ts'
import { migrate, VERSION, versionOf } from './schema.ts'
import { closedFolder, openFresh } from './testing/openFresh.ts'

const next = VERSION + 1
const later = [...MIGRATIONS, 'ALTER TABLE messages ADD COLUMN colour TEXT; UPDATE rooms SET topic = name;']

/** A folder of this version, and how it is brought to a later one. */
async function olderFolder() {
  const folder = await closedFolder()
  const told: unknown[] = []
  const copy = copyBefore(folder.file, `v${next}`)
  const bring = (migrations: string[]) => {
    const database = openDatabase(folder.file)
    onTestFinished(() => database.close())
    migrate(database, folder.file, { defaultRoom: 'Lobby', tell: (...line) => told.push(line), migrations })
    return database
  }
  return { ...folder, told, copy, bring }
}

const messagesIn = (file: string) => {
  const database = openDatabase(file, { readOnly: true })
  const found = { version: versionOf(database), count: database.get('SELECT count(*) AS n FROM messages')?.['n'] }
  database.close()
  return found
}

it('copies a database that somebody wrote in before it is brought to a new version, and says so', async () => {
  const { bring, copy, told, file, dir } = await olderFolder()
  const database = bring(later)
  expect(versionOf(database)).toBe(next)
  expect(database.get('SELECT count(colour) AS colours, count(*) AS n FROM messages')).toEqual({ colours: 0, n: 50 })
  expect(messagesIn(copy)).toEqual({ version: VERSION, count: 50 })
  expect(told).toEqual([['database copied before it is brought to a new version', { copy, version: next }]])
  expect((await readdir(dir)).filter((name) => name.includes('unfinished'))).toEqual([])
  migrate(database, file, { defaultRoom: 'Lobby', tell: (...line) => told.push(line), migrations: later })
  expect(told).toHaveLength(1)
})

it('brings a folder of the first Natter to this one, with every message in its place', async () => {
  const { dir, file, reopen } = await openFresh()
  await rm(dir, { recursive: true })
  await mkdir(dir)
  const first = openDatabase(file)
  migrate(first, file, { defaultRoom: 'Lobby', tell: () => {}, migrations: MIGRATIONS.slice(0, 1) })
  first.exec(`INSERT INTO people VALUES ('ann', 'ann', 'ann', 'member', 0, 1, 0); UPDATE meta SET value = 1 WHERE key = 'people_rev';
    INSERT INTO messages SELECT id, 1, 2, 'ann', 'ann', 'key', 'from long ago', 0 FROM rooms; UPDATE rooms SET seq = 1, rev = 2`)
  first.close()
  const store = await reopen()
  const { id } = await store.rooms.default()
  expect((await store.messages.list({ roomId: id, limit: 10 })).messages).toMatchObject([
    { seq: 1, rev: 2, authorId: 'ann', body: 'from long ago', editedAt: null, deleted: false },
  ])
  expect(messagesIn(copyBefore(file, `v${VERSION}`))).toEqual({ version: 1, count: 1 })
})

it('brings a folder along in which something could still be put back when its server ended', async () => {
  const { dir, file, reopen } = await openFresh()
  await rm(dir, { recursive: true })
  await mkdir(dir)
  const before = openDatabase(file)
  const files = MIGRATIONS.findIndex((migration) => migration.includes('CREATE TABLE files'))
  migrate(before, file, { defaultRoom: 'Lobby', tell: () => {}, migrations: MIGRATIONS.slice(0, files) })
  before.exec(
    `INSERT INTO withdrawn (room_id, seq, made_by, at, body, mentions) SELECT id, 1, 'ann', 0, 'a secret', '' FROM rooms`,
  )
  before.close()
  const store = await reopen()
  expect(await store.rooms.default()).toMatchObject({ name: 'Lobby' })
})

it('brings whom messages mention along from where that was kept by person', async () => {
  const { dir, file, reopen } = await openFresh()
  await rm(dir, { recursive: true })
  await mkdir(dir)
  const before = openDatabase(file)
  migrate(before, file, { defaultRoom: 'Lobby', tell: () => {}, migrations: MIGRATIONS.slice(0, 10) })
  before.exec(`INSERT INTO people (id, name, appearance, role, tint, rev, created_at) VALUES
      ('ann', 'ann', 'ann', 'member', 0, 1, 0), ('bob', 'bob', 'bob', 'member', 1, 2, 0);
    INSERT INTO members (room_id, person_id, rev, present, read_up_to) SELECT id, 'bob', 2, 1, 0 FROM rooms;
    INSERT INTO messages (room_id, seq, rev, author_id, owner, key, body, sent_at, mentions)
      SELECT rooms.id, seq.value, seq.value + 2, 'ann', 'ann', seq.value, 'look', 0, 'bob' FROM rooms, json_each('[1, 2]') seq;
    INSERT INTO mentions (reached, room_id, seq, rev, author_id, sent_at)
      SELECT 'bob', room_id, seq, rev, author_id, sent_at FROM messages;
    UPDATE meta SET value = 2 WHERE key = 'people_rev'; UPDATE rooms SET seq = 2, rev = 4`)
  before.close()
  const store = await reopen()
  const { messages } = await store.forYou.list({ personId: 'bob', limit: 10 })
  expect(messages.map(({ seq }) => seq)).toEqual([2, 1])
  expect(await store.rooms.mine('bob')).toMatchObject([{ unread: 2, forYou: 2 }])
})

it('opens the copy as it was, in place of what a new version made of it', async () => {
  const { bring, copy, dir, lobby, sent } = await olderFolder()
  bring(later)
  const other = path.join(dir, 'other')
  await mkdir(other)
  await cp(copy, path.join(other, 'natter.db'))
  const store = await openSqlite({ dir: other })
  onTestFinished(() => store.close())
  expect((await store.messages.list({ roomId: lobby, limit: 100 })).messages).toEqual(sent)
})

it('leaves everything as it was when that fails halfway, and says where the copy is', async () => {
  const { bring, copy, lobby, sent, reopen } = await olderFolder()
  const failing = [...later, 'CREATE TABLE half (x); INSERT INTO nowhere VALUES (1);']
  expect(() => bring(failing)).toThrow(
    new RegExp(
      `^\\S+natter\\.db could not be brought from version ${VERSION} to ${next + 1} \\(no such table: [^\\n]+\\) and is as it was\\. A copy is ${copy.replace(`v${next}`, `v${next + 1}`)}\\.$`,
    ),
  )
  const store = await reopen()
  expect((await store.messages.list({ roomId: lobby, limit: 100 })).messages).toEqual(sent)
})

it('changes nothing when no copy can be made', async () => {
  const { bring, copy, file } = await olderFolder()
  await mkdir(copy)
  expect(() => bring(later)).toThrow(/^\S+natter\.db must be copied before [^\n]+\. It is as it was\.$/)
  expect(messagesIn(file)).toEqual({ version: VERSION, count: 50 })
})

it('keeps such a copy for 30 days: what is deleted meanwhile is still in it', async () => {
  const { file, dir, reopen } = await closedFolder()
  const days = (count: number) => new Date(Date.now() - count * 24 * 60 * 60 * 1000)
  for (const [what, age] of [
    ['v2', 31],
    ['v3', 29],
    ['restore', 31],
  ] as const) {
    await writeFile(copyBefore(file, what), 'a copy')
    await utimes(copyBefore(file, what), days(age), days(age))
  }
  await reopen()
  const copies = async () => (await readdir(dir)).filter((name) => name.includes('before'))
  await expect.poll(copies).toEqual(['natter.db.before-v3'])
})
