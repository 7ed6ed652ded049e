import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { draftOf, inhabit, range, roomOf, sayMany } from '../contract/setting.ts'
import { openDatabase } from './database.ts'
import { openSqlite } from './index.ts'
import { contentOf, openFresh } from './testing/openFresh.ts'

const filesWith = async (dir: string, text: string) =>
  Object.entries(await contentOf(dir))
    .filter(([, bytes]) => bytes.includes(text))
    .map(([name]) => name)

/** Somebody said two things too much, among others: one short, one over several pages. */
async function saidTooMuch(tidyAfter: number) {
  const fresh = await openFresh({ tidyAfter })
  const { store, lobby, ann } = await inhabit(async () => fresh, 'ann')
  await sayMany(store, lobby, ann, 20)
  const short = await store.messages.append(draftOf(lobby, ann, 'The key is under the mat.'))
  const long = await store.messages.append(draftOf(lobby, ann, 'The key is under the mat too. '.repeat(500)))
  await sayMany(store, lobby, ann, 20)
  return { ...fresh, lobby, ann, short, long }
}
const secret = 'under the mat'

it('has a deleted text, and one that was edited away, in none of its files soon after', async () => {
  const { store, dir, lobby, short, long } = await saidTooMuch(50)
  expect(await filesWith(dir, secret)).not.toEqual([])
  await store.messages.remove({ roomId: lobby, seq: short.seq })
  await store.messages.edit({ roomId: lobby, seq: long.seq, body: 'Never mind.' })
  await expect.poll(() => filesWith(dir, secret)).toEqual([])
})

it('waits with that for whoever is reading for long', async () => {
  const { store, dir, file, lobby, ann, short, long } = await saidTooMuch(1)
  const reader = openDatabase(file, { readOnly: true })
  reader.exec('BEGIN')
  reader.get('SELECT count(*) FROM messages')
  for (const { seq } of [short, long]) await store.messages.remove({ roomId: lobby, seq })
  // Long enough for it to have been tried in vain; nobody who writes has to wait for it either.
  for (let i = 0; i < 5; i++) await sayMany(store, lobby, ann, 1)
  expect(await filesWith(dir, secret)).not.toEqual([])
  reader.exec('COMMIT')
  reader.close()
  await expect.poll(() => filesWith(dir, secret), { timeout: 15_000 }).toEqual([])
})

it('has it in none of them when it is closed, however soon', async () => {
  const { store, dir, lobby, short, long, close } = await saidTooMuch(1_000_000)
  for (const { seq } of [short, long]) await store.messages.remove({ roomId: lobby, seq })
  expect(await filesWith(dir, secret)).not.toEqual([])
  await close()
  expect(await filesWith(dir, secret)).toEqual([])
})

it('finds after kill -9 what was still to be removed', async () => {
  const { store, dir, file, lobby, short, long, close } = await saidTooMuch(1_000_000)
  for (const { seq } of [short, long]) await store.messages.remove({ roomId: lobby, seq })
  const killed = await contentOf(dir)
  await close()
  for (const name of ['natter.db', 'natter.db-wal']) await writeFile(path.join(dir, name), killed[name] ?? '')
  expect(await filesWith(dir, secret)).not.toEqual([])

  const later = await openSqlite({ dir, tidyAfter: 50 })
  await expect.poll(() => filesWith(dir, secret)).toEqual([])
  const others = openDatabase(file, { readOnly: true })
  await expect.poll(() => others.get(`SELECT count(*) AS n FROM meta WHERE key = 'traces'`)).toEqual({ n: 0 })
  others.close()
  await later.close()
})

/** By chance, but always the same: from 0 up to and without `most`. */
function dice(): (most: number) => number {
  let state = 1
  return (most) => {
    state = (state * 48_271) % 2_147_483_647
    return state % most
  }
}

it('leaves no forgotten copy behind either, as SQLite does of one text in hundreds where it rearranges a page', async () => {
  const fresh = await openFresh({ tidyAfter: 2_000 })
  const { store, dir } = fresh
  const { ann } = await inhabit(async () => fresh, 'ann')
  const rooms = await Promise.all(range(1, 8).map((i) => roomOf(store, ann, `Room ${i}`)))
  const roll = dice()
  const send = (i: number) => {
    const body = `canary ${i} ${'.'.repeat(roll(20) === 0 ? roll(15_000) : roll(200))}`
    return store.messages.append(draftOf(rooms[roll(8)] ?? '', ann, body))
  }
  const sent = await Promise.all(range(1, 6_000).map(send))
  const removed = range(1, 3_000).map(() => roll(sent.length))
  await Promise.all(
    sent
      .filter((_, i) => removed.includes(i))
      .sort(() => roll(2) - 0.5)
      .map(store.messages.remove),
  )
  const left = async () => {
    const whole = Buffer.concat(Object.values(await contentOf(dir))).toString('latin1')
    const found = new Set([...whole.matchAll(/canary (\d+) /g)].map(([, i]) => Number(i) - 1))
    return removed.filter((i) => found.has(i))
  }
  await expect.poll(left, { timeout: 15_000, interval: 500 }).toEqual([])
}, 60_000)
