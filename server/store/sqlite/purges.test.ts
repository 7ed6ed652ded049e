import { expect, it } from 'vitest'
import { UNDO_MS } from '../../../protocol/limits.ts'
import { draftOf, inhabit, refusal } from '../contract/setting.ts'
import { openDatabase } from './database.ts'
import { contentOf, openFresh } from './testing/openFresh.ts'

const filesWith = async (dir: string, text: string) =>
  Object.entries(await contentOf(dir))
    .filter(([, bytes]) => bytes.includes(text))
    .map(([name]) => name)

it('erases after a day what was deleted in one act, from the files too, and puts it back no more', async () => {
  const fresh = await openFresh({ tidyAfter: 50 })
  const { lobby, ann, bob } = await inhabit(async () => fresh, 'ann', 'bob')
  await fresh.store.messages.append(draftOf(lobby, bob, 'buy my watches'))
  const purge = await fresh.store.moderation.purge({ personId: bob.id, by: ann.id, since: 0, roomId: null })
  await expect.poll(async () => (await fresh.store.moderation.step(purge.id)).state).toBe('deleted')
  await fresh.close()
  await expect.poll(() => filesWith(fresh.dir, 'watches')).not.toEqual([])

  const database = openDatabase(fresh.file)
  database.run('UPDATE purges SET at = at - ?', UNDO_MS)
  database.close()
  const store = await fresh.reopen()
  await expect(store.moderation.undo(purge.id, ann.id)).rejects.toEqual(refusal('not_found'))
  await expect.poll(() => filesWith(fresh.dir, 'watches')).toEqual([])
  expect(await store.messages.get(lobby, 1)).toMatchObject({ deleted: true, body: '' })
})

it('keeps of an address that was shut only what nobody reads it from', async () => {
  const fresh = await openFresh()
  const { ann, bob } = await inhabit(async () => fresh, 'ann', 'bob')
  await fresh.store.people.setRole(ann.id, 'owner')
  const until = Date.now() + 60_000
  await fresh.store.moderation.ban({ personId: bob.id, by: ann.id, addresses: ['198.51.100.123'], until })
  await fresh.close()
  expect(await filesWith(fresh.dir, '198.51.100.123')).toEqual([])
})

it('lets nobody write what was done anew', async () => {
  const fresh = await openFresh()
  const { ann } = await inhabit(async () => fresh, 'ann')
  await fresh.store.place.change({ name: 'Fernhill' }, ann.id)
  await fresh.close()
  const database = openDatabase(fresh.file)
  for (const sql of ['UPDATE audit SET made_by = 1', 'DELETE FROM audit'])
    expect(() => database.run(sql), sql).toThrow('what was done')
  database.close()
})
