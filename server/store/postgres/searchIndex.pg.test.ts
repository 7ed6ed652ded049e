import { expect, it, onTestFinished } from 'vitest'
import { draftOf, range, roomOf } from '../contract/setting.ts'
import { saidOf } from '../sql/ownRows.ts'
import type { Ask } from '../sql/searchTerms.ts'
import { makeDatabase } from '../../testing/database.ts'
import { execute } from '../../testing/execute.ts'
import { openPostgres } from './index.ts'
import { MIGRATIONS } from './schema.ts'
import { createSearchIndex } from './searchIndex.ts'
import { openFresh } from './testing/openFresh.ts'
import { startDriver } from './testing/startDriver.ts'

const TERN: Ask[] = [[{ text: 'tern', isBeginning: true }]]

it('has the newest first and each once, those it looks through, those it asks the index for, and those that wait to be in it', async () => {
  const { url, store } = await openFresh()
  const ann = await store.people.create({ name: 'ann', role: 'member' })
  const lobby = await roomOf(store, ann)
  const say = (from: number, to: number) =>
    Promise.all(
      range(from, to).map((i) => store.messages.append(draftOf(lobby, ann, i % 3 === 0 ? 'a tern' : 'an ibis'))),
    )
  await say(1, 400)
  const connection = startDriver(url)()
  await expect.poll(() => connection.get('SELECT 1 FROM to_search LIMIT 1')).toBeUndefined()
  // As if these had been changed just now, for nobody else; and others had been written and removed for good.
  connection.exec('BEGIN')
  connection.exec('INSERT INTO to_search (said) SELECT said FROM messages WHERE seq % 50 = 0')
  const removed = `FROM messages WHERE body = 'an ibis' AND seq > 300 AND seq % 50 <> 0`
  connection.exec(`INSERT INTO to_search (said) SELECT said ${removed}`)
  connection.exec(`DELETE ${removed}`)

  const terns = connection
    .all(`SELECT said FROM messages WHERE body = 'a tern' OR seq % 50 = 0 ORDER BY said DESC`)
    .map(saidOf)
  const [newest = 0, oldest = 0] = [terns.at(0), terns.at(-1)]
  const found = (from: number, to: number, newestOnes = 1, asks = TERN) =>
    [...createSearchIndex(connection, newestOnes).rows(asks, from, to)].map(saidOf)
  for (const newestOnes of [1, 40, 250, 10_000]) {
    expect(found(0, newest + 1, newestOnes)).toEqual(terns)
    const some = terns.filter((said) => said >= oldest + 30 && said < newest)
    expect(found(oldest + 30, newest, newestOnes)).toEqual(some)
  }
  const all = connection.all('SELECT said FROM messages ORDER BY said DESC').map(saidOf)
  expect(found(0, newest + 1, undefined, [])).toEqual(all)
  connection.exec('ROLLBACK')
})

it('leaves little beside the index of a database of the first version as well', async () => {
  const { url, drop } = await makeDatabase()
  onTestFinished(drop)
  await execute(url, `${MIGRATIONS[0]} INSERT INTO meta VALUES ('version', '1')`)
  const store = await openPostgres({ url })
  await store.close()
  const found = startDriver(url)().get(`SELECT reloptions[1] AS said FROM pg_class WHERE relname = 'search_terms'`)
  expect(found).toEqual({ said: 'gin_pending_list_limit=64' })
})
