import { makeMigrated } from '../../../testing/database.ts'
import { openAnew } from '../../contract/setting.ts'
import { openPostgres, type PostgresOptions } from '../index.ts'

/** A fresh store in a database of its own, both gone when the test ends. */
export async function openFresh(options: Partial<PostgresOptions> = {}) {
  const { url, drop } = await makeMigrated()
  return { url, ...(await openAnew(() => openPostgres({ url, ...options }), drop)) }
}
