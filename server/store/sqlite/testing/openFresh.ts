import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inhabit, openAnew, sayMany } from '../../contract/setting.ts'
import { openSqlite, type SqliteOptions } from '../index.ts'

/** A fresh store in a temporary folder, both gone when the test ends. */
export async function openFresh(options: Partial<SqliteOptions> = {}) {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-store-'))
  const opened = await openAnew(
    () => openSqlite({ dir, ...options }),
    () => rm(dir, { recursive: true }),
  )
  return { dir, file: path.join(dir, 'natter.db'), ...opened }
}

/** A folder in which somebody wrote so much, closed again. */
export async function closedFolder({ messages = 50, ...options }: Partial<SqliteOptions> & { messages?: number } = {}) {
  const fresh = await openFresh(options)
  const { lobby, ann } = await inhabit(async () => fresh, 'ann')
  const sent = await sayMany(fresh.store, lobby, ann, messages)
  const { logId, placeId } = fresh.store
  await fresh.close()
  return { ...fresh, lobby, ann, sent, logId, placeId }
}

/** Everything in a folder: each file's name and what is in it. */
export async function contentOf(dir: string): Promise<Record<string, Buffer>> {
  const names = (await readdir(dir)).sort()
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(path.join(dir, name))])))
}
