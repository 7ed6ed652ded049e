import { onTestFinished } from 'vitest'
import { makeMigrated } from '../../../testing/database.ts'
import type { Store } from '../../store.ts'
import { openPostgres, type PostgresOptions } from '../index.ts'

/** A fresh store in a database of its own, both gone when the test ends. */
export async function openFresh(options: Partial<PostgresOptions> = {}) {
  const { url, drop } = await makeMigrated()
  let current: Store | null = null
  const close = async () => {
    await current?.close()
    current = null
  }
  const reopen = async (): Promise<Store> => {
    await close()
    current = await openPostgres({ url, ...options })
    return current
  }
  onTestFinished(async () => {
    await close()
    await drop()
  })
  return { url, store: await reopen(), close, reopen }
}
