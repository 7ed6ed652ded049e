import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Store } from '../../store.ts'
import { openSqlite, type SqliteOptions } from '../index.ts'

/** A fresh store in a temporary folder, both gone when the test ends. */
export async function openFresh(options: Partial<SqliteOptions> = {}) {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-store-'))
  let current: Store | null = null
  const close = async () => {
    await current?.close()
    current = null
  }
  const reopen = async (): Promise<Store> => {
    await close()
    current = await openSqlite({ dir, ...options })
    return current
  }
  onTestFinished(async () => {
    await close()
    await rm(dir, { recursive: true })
  })
  return { dir, file: path.join(dir, 'natter.db'), store: await reopen(), close, reopen }
}
