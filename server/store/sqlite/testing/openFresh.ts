import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { openSqlite, type SqliteOptions } from '../index.ts'

/** A fresh store in a temporary folder, both gone when the test ends. */
export async function openFresh(options: Partial<SqliteOptions> = {}) {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-store-'))
  let store = await openSqlite({ dir, ...options })
  let isOpen = true
  const close = async () => {
    if (isOpen) await store.close()
    isOpen = false
  }
  onTestFinished(async () => {
    await close()
    await rm(dir, { recursive: true })
  })
  return {
    dir,
    file: path.join(dir, 'natter.db'),
    store,
    close,
    async reopen() {
      await close()
      store = await openSqlite({ dir, ...options })
      isOpen = true
      return store
    },
  }
}
