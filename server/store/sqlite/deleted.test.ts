import { expect, it } from 'vitest'
import { draftOf, inhabit, sayMany } from '../contract/setting.ts'
import { openDatabase } from './database.ts'
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
