import { expect, it, onTestFinished } from 'vitest'
import { dice } from '../contract/babble.ts'
import { draftOf, inhabit, range, roomOf } from '../contract/setting.ts'
import type { Database } from '../sql/database.ts'
import { openDatabase } from './database.ts'
import { createFileOperations } from '../sql/fileOperations.ts'
import { FILE_SIZES } from './filesMigration.ts'
import { MIGRATIONS } from './migrations.ts'
import { migrate } from './schema.ts'
import { openFresh } from './testing/openFresh.ts'

const limits = { unsent: 1_000, mine: 1e9, all: 1e9 }

async function setting() {
  const fresh = await openFresh({ keptFor: 0 })
  const place = await inhabit(async () => fresh, 'ann', 'bob')
  const database = openDatabase(fresh.file)
  onTestFinished(() => database.close())
  return { ...fresh, ...place, database }
}

/** As they are counted, and as they are if one looks at all of them: of each person, and of all together, where the same bytes lie once. */
function sizesIn(database: Database) {
  const counted = database.all('SELECT owner, size FROM file_sizes WHERE size <> 0 ORDER BY owner')
  const looked = database.all(
    `SELECT uploader_id AS owner, sum(size) AS size FROM files GROUP BY uploader_id
     UNION ALL SELECT '', sum(size) FROM (SELECT max(size) AS size FROM files GROUP BY bytes) HAVING count(*) > 0
     ORDER BY owner`,
  )
  return { counted, looked }
}

it('knows how much there is of each person and of all, whatever becomes of files', async () => {
  const { store, database, lobby, ann, bob } = await setting()
  const kitchen = await roomOf(store, ann)
  await store.rooms.join(kitchen, bob.id)
  const roll = dice(3)
  const sent: { roomId: string; seq: number }[] = []
  for (const i of range(1, 120)) {
    const [author, roomId] = [roll(2) === 0 ? ann : bob, roll(2) === 0 ? lobby : kitchen]
    const size = 1 + roll(900)
    const { file } = await store.files.begin({ roomId, uploaderId: author.id, name: 'a', size, limits })
    const what = roll(5)
    if (what > 0) await store.files.finish(file.id, { name: 'a', type: 'text/plain', size: 1 + roll(900) })
    if (what === 1) await store.files.drop(file.id)
    if (what > 2) sent.push(await store.messages.append({ ...draftOf(roomId, author), files: [{ id: file.id }] }))
    const other = sent[roll(sent.length + 1)]
    const forward = other && (await store.messages.get(other.roomId, other.seq))
    if (forward && !forward.deleted) {
      if (i % 3 === 0) await store.messages.remove(forward)
      else {
        const there = { roomId: forward.roomId, seq: forward.seq }
        sent.push(await store.messages.append({ ...draftOf(lobby, author, ''), forward: there, filesMost: 1e9 }))
      }
    }
    const { counted, looked } = sizesIn(database)
    expect(counted).toEqual(looked)
  }
  await store.people.remove(bob.id)
  await store.rooms.remove(kitchen)
  const left = () => database.get('SELECT count(*) AS n FROM files WHERE room_id = ?', kitchen)
  await expect.poll(left).toEqual({ n: 0 })
  const { counted, looked } = sizesIn(database)
  expect(counted).toEqual(looked)
  expect(counted.length).toBe(3)
}, 30_000)

it('knows it of the files that were there before it was kept', () => {
  const database = openDatabase(':memory:')
  onTestFinished(() => database.close())
  const before = MIGRATIONS.slice(0, MIGRATIONS.indexOf(FILE_SIZES))
  migrate(database, ':memory:', { defaultRoom: 'Lobby', tell: () => {}, migrations: before })
  database.exec(`PRAGMA foreign_keys = OFF;
    INSERT INTO files (id, bytes, room_id, uploader_id, name, type, size, begun_at) VALUES
      ('a', 'a', 'lobby', 'ann', '', '', 10, 0), ('b', 'a', 'lobby', 'bob', '', '', 10, 0), ('c', 'c', 'lobby', 'bob', '', '', 5, 0)`)
  database.exec(FILE_SIZES)
  const { counted, looked } = sizesIn(database)
  expect(counted).toEqual(looked)
  expect(counted).toEqual([
    { owner: '', size: 15 },
    { owner: 'ann', size: 10 },
    { owner: 'bob', size: 15 },
  ])
})

it('looks through no files to know whether one more fits', async () => {
  const { database, lobby, ann } = await setting()
  database.run(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
     INSERT INTO files (id, bytes, room_id, uploader_id, seq, name, type, size, ready, begun_at)
     SELECT 'file' || i, 'file' || i, ?, ?, i, 'a', 'text/plain', 10, 1, 0 FROM n`,
    lobby,
    ann.id,
  )
  const asked: string[] = []
  const { 'files.begin': begin } = createFileOperations({
    ...database,
    get(sql, ...values) {
      asked.push(sql)
      return database.get(sql, ...values)
    },
  })
  const more = { roomId: lobby, uploaderId: ann.id, name: 'a', size: 1 }
  expect(() => begin({ ...more, limits: { ...limits, mine: 1_000_000 } })).toThrow(
    'There is no room for more files of yours',
  )
  expect(() => begin({ ...more, limits: { ...limits, all: 1_000_000 } })).toThrow(
    'There is no room for more files in this place',
  )
  begin({ ...more, limits: { ...limits, mine: 1_000_001, all: 1_000_001 } })
  expect(asked.length).toBeGreaterThan(3)
  for (const sql of asked) {
    const plan = database.all(`EXPLAIN QUERY PLAN ${sql}`, ...range(1, sql.split('?').length - 1))
    for (const { detail } of plan) expect(detail, sql).toMatch(/^SEARCH /)
    expect(sql).not.toContain('total(')
  }
})
