import { expect, it } from 'vitest'
import { emptyCommit } from '../contract/setting.ts'
import { openFresh } from './testing/openFresh.ts'
import { startDriver } from './testing/startDriver.ts'

it('forgets what nodes were told long ago, but not what a transaction that stays open hides from them', async () => {
  const { url } = await openFresh()
  const connect = startDriver(url)
  const [open, other] = [connect(), connect()]
  const tell = (node: string) =>
    other.run('INSERT INTO commits (node, at, told) VALUES (?, 0, ?)', node, JSON.stringify(emptyCommit))
  const kept = () =>
    other.all(`SELECT node FROM commits WHERE node IN ('before', 'hidden')`).map((row) => String(row['node']))
  tell('before')
  open.exec('BEGIN')
  open.get('SELECT pg_current_xact_id()::text')
  tell('hidden')
  await expect.poll(kept, { timeout: 4_000 }).toEqual(['hidden'])
  open.exec('COMMIT')
  await expect.poll(kept, { timeout: 10_000 }).toEqual([])
})
