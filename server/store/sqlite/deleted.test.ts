import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { Message } from '../../../protocol/messages.ts'
import { draftOf, inhabit, range, roomOf, sayMany } from '../contract/setting.ts'
import { openDatabase } from './database.ts'
import { openSqlite } from './index.ts'
import { everythingIndexed } from './testing/indexed.ts'
import { contentOf, openFresh } from './testing/openFresh.ts'

const filesWith = async (dir: string, text: string) =>
  Object.entries(await contentOf(dir))
    .filter(([, bytes]) => bytes.includes(text))
    .map(([name]) => name)

/** Somebody said two things too much, among others: one short, one over several pages. */
async function saidTooMuch(tidyAfter: number) {
  const fresh = await openFresh({ tidyAfter, keptFor: 0 })
  const { store, lobby, ann } = await inhabit(async () => fresh, 'ann')
  await sayMany(store, lobby, ann, 20)
  const short = await store.messages.append(draftOf(lobby, ann, 'The key is under the mat.'))
  const long = await store.messages.append(draftOf(lobby, ann, 'The key is under the mat too. '.repeat(500)))
  await sayMany(store, lobby, ann, 20)
  return { ...fresh, lobby, ann, short, long }
}
const secret = 'under the mat'

it('has a deleted text, and what it said before it was edited, in none of its files soon after', async () => {
  const { store, dir, lobby, short, long } = await saidTooMuch(50)
  await expect.poll(() => filesWith(dir, secret)).not.toEqual([])
  await store.messages.remove({ roomId: lobby, seq: short.seq })
  await store.messages.edit({ roomId: lobby, seq: long.seq, body: 'Never mind.' })
  await store.messages.remove({ roomId: lobby, seq: long.seq })
  await expect.poll(() => filesWith(dir, secret)).toEqual([])
})

it('has nothing of a deleted poll, nor of what was forwarded, in any of them soon after', async () => {
  const { store, dir, lobby, ann, short, long } = await saidTooMuch(50)
  const poll = { options: ['Look under the mat', 'Knock'], multiple: false }
  const asked = await store.messages.append({ ...draftOf(lobby, ann, 'Where?'), poll })
  const copy = await store.messages.append({ ...draftOf(lobby, ann), forward: { roomId: lobby, seq: short.seq } })
  await store.polls.vote({ roomId: lobby, seq: asked.seq, personId: ann.id, options: [0] })
  for (const { seq } of [short, long, asked, copy]) await store.messages.remove({ roomId: lobby, seq })
  await expect.poll(() => filesWith(dir, secret)).toEqual([])
})

it('has nothing of the page that one linked to, nor of one that was taken away, in any of them soon after', async () => {
  const { store, dir, lobby, ann, short, long } = await saidTooMuch(50)
  for (const { seq } of [short, long]) await store.messages.remove({ roomId: lobby, seq })
  await store.rooms.setPreviews({ roomId: lobby, on: true })
  const link = 'https://a.example/'
  const [deleted, kept] = [
    await store.messages.append({ ...draftOf(lobby, ann, link), link }),
    await store.messages.append({ ...draftOf(lobby, ann, link), link }),
  ]
  await store.previews.found({ url: link, site: 'a.example', title: `Keys ${secret}`, at: Date.now() })
  await expect.poll(() => filesWith(dir, secret)).not.toEqual([])
  await store.messages.remove({ roomId: lobby, seq: deleted.seq })
  await store.previews.remove({ roomId: lobby, seq: kept.seq })
  await expect.poll(() => filesWith(dir, secret)).toEqual([])
})

it('has nothing of such a page either once that could be searched', async () => {
  const { store, dir, file, lobby, ann, short, long } = await saidTooMuch(50)
  for (const { seq } of [short, long]) await store.messages.remove({ roomId: lobby, seq })
  await store.rooms.setPreviews({ roomId: lobby, on: true })
  const link = 'https://a.example/'
  const sent = await store.messages.append({ ...draftOf(lobby, ann, link), link })
  await store.previews.found({ url: link, site: 'a.example', title: `Keys ${secret}`, at: Date.now() })
  await everythingIndexed(file)
  await store.previews.remove({ roomId: lobby, seq: sent.seq })
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
  await expect.poll(() => filesWith(dir, secret)).not.toEqual([])
  reader.exec('COMMIT')
  reader.close()
  await expect.poll(() => filesWith(dir, secret)).toEqual([])
})

it('has it in none of them when it is closed, however soon', async () => {
  const { store, dir, file, lobby, short, long, close } = await saidTooMuch(1_000_000)
  await everythingIndexed(file)
  for (const { seq } of [short, long]) await store.messages.remove({ roomId: lobby, seq })
  await expect.poll(() => filesWith(dir, secret)).not.toEqual([])
  await close()
  expect(await filesWith(dir, secret)).toEqual([])
})

it('finds after kill -9 what was still to be removed', async () => {
  const { store, dir, file, lobby, short, long, close } = await saidTooMuch(1_000_000)
  for (const { seq } of [short, long]) await store.messages.remove({ roomId: lobby, seq })
  const killed = await contentOf(dir)
  await close()
  for (const name of ['natter.db', 'natter.db-wal']) await writeFile(path.join(dir, name), killed[name] ?? '')
  await expect.poll(() => filesWith(dir, secret)).not.toEqual([])

  const later = await openSqlite({ dir, tidyAfter: 50, keptFor: 0 })
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
  const fresh = await openFresh({ tidyAfter: 2_000, keptFor: 0 })
  const { store, dir } = fresh
  const { ann } = await inhabit(async () => fresh, 'ann')
  const rooms = await Promise.all(range(1, 8).map((i) => roomOf(store, ann, `Room ${i}`)))
  const roll = dice()
  const send = (i: number) => {
    const body = `canary ${i} ${'.'.repeat(roll(20) === 0 ? roll(15_000) : roll(200))}`
    return store.messages.append(draftOf(rooms[roll(8)] ?? '', ann, body))
  }
  const sent: Message[] = []
  for (const i of range(0, 11)) sent.push(...(await Promise.all(range(i * 500 + 1, (i + 1) * 500).map(send))))
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

it('has no word of a deleted text in the index either, while it finds all the others', async () => {
  const fresh = await openFresh({ tidyAfter: 500, keptFor: 0 })
  const { store, dir, file } = fresh
  const { lobby, ann } = await inhabit(async () => fresh, 'ann')
  const roll = dice()
  // The index writes of a word only what differs from the one before it: these differ from their third letter on at the latest.
  const word = () =>
    range(1, 16)
      .map(() => String.fromCharCode(97 + roll(26)))
      .join('')
  const words = range(1, 900).map(word)
  const sent = await Promise.all(words.map((body) => store.messages.append(draftOf(lobby, ann, `${body} and so on`))))
  await everythingIndexed(file)
  const ends = (i: number) => i % 3
  const end = async (message: Message, i: number) => {
    // What it said before is kept with its message, and goes with it.
    if (ends(i) === 1) await store.messages.edit({ ...message, body: 'never mind' })
    if (ends(i) < 2) await store.messages.remove(message)
  }
  for (const from of range(0, 8).map((hundred) => hundred * 100))
    await Promise.all(sent.slice(from, from + 100).map((message, i) => end(message, from + i)))
  const left = async () => {
    const whole = Buffer.concat(Object.values(await contentOf(dir))).toString('latin1')
    return words.filter((one, i) => ends(i) < 2 && whole.includes(one.slice(6)))
  }
  await expect.poll(left, { timeout: 30_000, interval: 500 }).toEqual([])
  const find = (query: string) => store.search.find({ personId: ann.id, query, order: 'newest', limit: 5, zone: 'UTC' })
  for (const i of [0, 1, 2, 897, 898, 899]) {
    const { hits } = await find(words[i] ?? '')
    expect(hits.length, `of a text that is ${ends(i) < 2 ? 'gone' : 'there'}`).toBe(ends(i) < 2 ? 0 : 1)
  }
}, 60_000)
