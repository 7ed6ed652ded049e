import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { PUT_BACK_GRACE_MS, PUT_BACK_MS, UNDO_MS } from '../../../protocol/limits.ts'
import { draftOf, inhabit, refusal } from '../contract/setting.ts'
import { backUp } from './backup.ts'
import { openDatabase } from './database.ts'
import { openSqlite, type SqliteOptions } from './index.ts'
import { everythingIndexed } from './testing/indexed.ts'
import { contentOf, openFresh } from './testing/openFresh.ts'

const filesWith = async (dir: string, text: string) =>
  Object.entries(await contentOf(dir))
    .filter(([, bytes]) => bytes.includes(text))
    .map(([name]) => name)

/** Bob has said too much, has changed it to something else that is too much, and has deleted it. */
async function saidTooMuch(options: Partial<SqliteOptions> = {}) {
  const fresh = await openFresh({ tidyAfter: 50, ...options })
  const { lobby, ann, bob } = await inhabit(async () => fresh, 'ann', 'bob')
  const { seq } = await fresh.store.messages.append(draftOf(lobby, bob, 'under the mat'))
  await fresh.store.messages.edit({ roomId: lobby, seq, body: 'under the mat, I said' })
  return { ...fresh, lobby, ann, bob, at: { roomId: lobby, seq } }
}

/** As if so much time had passed. */
function later(file: string, sql: string, milliseconds: number): void {
  const database = openDatabase(file)
  database.run(sql, milliseconds)
  database.close()
}
const WITHDRAWN = 'UPDATE withdrawn SET at = at - ?'
const over = PUT_BACK_MS + PUT_BACK_GRACE_MS

it('keeps what was deleted for as long as it is offered back, and then puts it back no more and has it nowhere', async () => {
  const { store, dir, file, at, bob } = await saidTooMuch()
  await store.messages.remove({ ...at, by: bob.id })
  later(file, WITHDRAWN, PUT_BACK_MS)
  await store.messages.restore({ ...at, by: bob.id })
  await store.messages.remove({ ...at, by: bob.id })
  later(file, WITHDRAWN, over)
  await expect(store.messages.restore({ ...at, by: bob.id })).rejects.toEqual(
    expect.objectContaining({ code: 'not_found', message: 'It is too late to put it back.' }),
  )
  await expect.poll(() => filesWith(dir, 'under the mat')).not.toEqual([])
})

it('erases it by itself when its time is over, with every text that it had', async () => {
  const { store, dir, at, bob } = await saidTooMuch({ keptFor: 300 })
  await store.messages.remove({ ...at, by: bob.id })
  await store.messages.restore({ ...at, by: bob.id })
  await expect.poll(() => filesWith(dir, 'under the mat')).not.toEqual([])
  await store.messages.remove({ ...at, by: bob.id })
  await expect.poll(() => filesWith(dir, 'under the mat')).toEqual([])
  await expect(store.messages.restore({ ...at, by: bob.id })).rejects.toEqual(refusal('not_found'))
})

it('lets the files of a message go when it can be put back no more', async () => {
  const { store, lobby, bob } = await saidTooMuch({ keptFor: 300 })
  const limits = { unsent: 1, mine: 9, all: 9 }
  const { file } = await store.files.begin({ roomId: lobby, uploaderId: bob.id, name: 'mat.txt', size: 1, limits })
  await store.files.finish(file.id, file)
  const { seq } = await store.messages.append({ ...draftOf(lobby, bob), files: [{ id: file.id }] })
  const at = { roomId: lobby, seq, by: bob.id }
  await store.messages.remove(at)
  expect((await store.messages.restore(at)).files).toMatchObject([{ id: file.id }])
  expect(await store.files.lost(9)).toEqual([])
  await store.messages.remove(at)
  await expect.poll(() => store.files.lost(9)).toEqual([file.id])
})

it('forgets who had kept it, and who was to be reminded of it, when it can be put back no more', async () => {
  const { store, file, at, ann, bob } = await saidTooMuch({ keptFor: 300 })
  const more = await store.messages.append(draftOf(at.roomId, bob, 'more'))
  const both = [at, { roomId: at.roomId, seq: more.seq }]
  for (const one of both) {
    await store.saved.set({ personId: ann.id, ...one, on: true })
    await store.reminders.set({ personId: ann.id, ...one, at: Date.now() + 60_000 })
  }
  const left = () => {
    const database = openDatabase(file, { readOnly: true })
    const row = database.get(
      'SELECT (SELECT count(*) FROM saved) AS saved, (SELECT count(*) FROM reminders) AS reminders',
    )
    database.close()
    return row
  }
  await store.messages.remove({ ...at, by: bob.id })
  expect(left()).toEqual({ saved: 2, reminders: 2 })
  await expect.poll(left).toEqual({ saved: 1, reminders: 1 })
  // At once where somebody else deletes it as well.
  await store.messages.remove({ roomId: at.roomId, seq: more.seq, by: bob.id })
  await store.messages.remove({ roomId: at.roomId, seq: more.seq, by: ann.id })
  expect(left()).toEqual({ saved: 0, reminders: 0 })
})

it('erases what became too late while nothing ran, and keeps nothing for longer by a clock that was set back', async () => {
  for (const passed of [over, -UNDO_MS]) {
    const { store, dir, file, at, bob, close } = await saidTooMuch({ tidyAfter: 1_000_000 })
    await store.messages.remove({ ...at, by: bob.id })
    later(file, WITHDRAWN, passed)
    // As it is found after kill -9.
    const killed = await contentOf(dir)
    await close()
    for (const name of ['natter.db', 'natter.db-wal']) await writeFile(path.join(dir, name), killed[name] ?? '')
    await expect.poll(() => filesWith(dir, 'under the mat')).not.toEqual([])
    const again = await openSqlite({ dir, tidyAfter: 50 })
    await expect.poll(() => filesWith(dir, 'under the mat')).toEqual([])
    await expect(again.messages.restore({ ...at, by: bob.id })).rejects.toEqual(refusal('not_found'))
    await again.close()
  }
})

it('leaves it out of every backup, while it can still be put back too', async () => {
  const { store, dir, file, at, bob } = await saidTooMuch()
  await store.messages.append(draftOf(at.roomId, bob, 'what stays'))
  await everythingIndexed(file)
  await store.messages.remove({ ...at, by: bob.id })
  const backup = path.join(dir, 'backup.db')
  backUp(dir, backup)
  const content = await contentOf(dir)
  expect(content['backup.db']?.includes('what stays')).toBe(true)
  expect(content['backup.db']?.includes('under the mat')).toBe(false)
  expect(Object.keys(content).filter((name) => name.startsWith('backup'))).toEqual(['backup.db'])
  expect(await store.messages.restore({ ...at, by: bob.id })).toMatchObject({ body: 'under the mat, I said' })
})

it('erases the former texts of what was deleted in one act with it, a day later', async () => {
  const { store, dir, ann, bob, file, reopen, close } = await saidTooMuch()
  await store.moderation.purge({ personId: bob.id, by: ann.id, since: 0, roomId: null })
  await close()
  later(file, 'UPDATE purges SET at = at - ?', UNDO_MS)
  await reopen()
  await expect.poll(() => filesWith(dir, 'under the mat')).toEqual([])
})
