import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { inhabit } from '../store/contract/setting.ts'
import { openFresh } from '../store/sqlite/testing/openFresh.ts'
import { createArriving } from './arriving.ts'
import { bytesOnDisk, type Bytes } from './bytes.ts'
import { createSweeping } from './sweeping.ts'

it('takes away what can be, whatever else is in the way, and says what is', async () => {
  const fresh = await openFresh()
  const { store, lobby, ann } = await inhabit(async () => fresh, 'ann')
  const files = path.join(fresh.dir, 'files')
  const arriving = createArriving(path.join(fresh.dir, 'unfinished'))
  await mkdir(files)
  const ids: string[] = []
  for (const name of ['a', 'b', 'c']) {
    const limits = { unsent: 10, mine: 1_000, all: 1_000 }
    const { file } = await store.files.begin({ roomId: lobby, uploaderId: ann.id, name, size: 1, limits })
    await writeFile(path.join(files, file.id), name)
    ids.push(file.id)
  }
  for (const id of ids) await store.files.drop(id)
  const [stuck] = await store.files.lost(1)
  const onDisk = bytesOnDisk(files)
  const bytes: Bytes = {
    ...onDisk,
    forgetHalves: () => Promise.reject(new Error('no halves')),
    remove: (name) => (name === stuck ? Promise.reject(new Error('stuck')) : onDisk.remove(name)),
  }
  const said: unknown[] = []
  const tell = (_: string, facts = {}) => void said.push(facts)
  const log = { debug: tell, info: tell, warn: tell, error: tell }
  const sweeping = createSweeping({ store, log, bytes, arriving, unsentFor: 1_000 })
  onTestFinished(() => sweeping.close())
  sweeping.start()
  await vi.waitFor(async () => expect(await readdir(files)).toEqual([stuck]))
  expect(await store.files.lost(10)).toEqual([stuck])
  await vi.waitFor(() => expect(said).toEqual([{ error: 'Error: stuck' }, { error: 'Error: no halves' }]))
})
