import { inject, onTestFinished } from 'vitest'
import { makeMigrated } from './database.ts'

/**
 * Where a server of a test keeps everything, unless the test says so itself: in a database of its own where the run is about
 * PostgreSQL, or else in its folder. It goes when the test ends, after what was registered later.
 */
export async function databaseOfRun({ DATABASE_URL: given }: Record<string, string>): Promise<Record<string, string>> {
  if (given !== undefined || !inject('postgres')) return {}
  const { url, drop } = await makeMigrated()
  onTestFinished(drop)
  return { DATABASE_URL: url }
}
