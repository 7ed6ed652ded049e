import { expect } from 'vitest'
import { openDatabase } from '../database.ts'

/** Resolves when everything that was said is in the index, and nothing else. */
export async function everythingIndexed(file: string): Promise<void> {
  const database = openDatabase(file, { readOnly: true })
  const left = () =>
    database.get(
      `SELECT (SELECT count(*) FROM messages WHERE said IS NULL OR said > (SELECT value FROM meta WHERE key = 'indexed'))
         + (SELECT count(*) FROM outdated) AS n`,
    )?.['n']
  await expect.poll(left).toBe(0)
  database.close()
}
