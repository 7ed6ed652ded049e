import { existsSync } from 'node:fs'
import type { Person } from '../../../protocol/people.ts'
import { reasonOf, type Database } from '../sql/database.ts'
import { linkFor } from '../sql/resetLink.ts'
import { isStorageTrouble, makeDurable, openDatabase } from './database.ts'
import { examine } from './examine.ts'
import { databaseIn, lockUnlessInUse } from './folder.ts'
import { VERSION, versionOf } from './schema.ts'

/** How long a server that is writing is waited for. Milliseconds. */
const PATIENCE = 10_000

/**
 * A link for somebody who has lost every way in, made beside a server that may be running: SQLite lets one write after the
 * other, and the server looks it up when somebody opens it. Throws an Error with one sentence for people.
 */
export function makeResetLink(dir: string, name: string): { token: string; person: Person } {
  const file = databaseIn(dir)
  if (!existsSync(file)) throw new Error(`There is no Natter in ${dir}.`)
  const unlock = lockUnlessInUse(dir)
  let database: Database | undefined
  try {
    // One that a server has open has been looked at.
    if (unlock) examine(file)
    database = openDatabase(file, { wait: PATIENCE })
    if (versionOf(database) !== VERSION)
      throw new Error(`${file} is of another version: start this Natter once, then try again.`)
    makeDurable(database)
    return linkFor(database, name)
  } catch (error) {
    if (!isStorageTrouble(error)) throw error
    throw new Error(`${file} cannot be written: ${reasonOf(error)}.`, { cause: error })
  } finally {
    database?.close()
    unlock?.()
  }
}
