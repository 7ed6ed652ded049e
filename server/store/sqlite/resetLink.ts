import { existsSync } from 'node:fs'
import { RESET_LINK_MS } from '../../../protocol/limits.ts'
import type { Person } from '../../../protocol/people.ts'
import { appearanceOf } from '../../names/names.ts'
import { putResetLink } from '../sql/accountOperations.ts'
import { reasonOf, type Database } from '../sql/database.ts'
import { isStorageTrouble, makeDurable, openDatabase } from './database.ts'
import { examine } from './examine.ts'
import { databaseIn, lockUnlessInUse } from './folder.ts'
import { toPerson } from '../sql/queries.ts'
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
    return putLink(database, name)
  } catch (error) {
    if (!isStorageTrouble(error)) throw error
    throw new Error(`${file} cannot be written: ${reasonOf(error)}.`, { cause: error })
  } finally {
    database?.close()
    unlock?.()
  }
}

function putLink(database: Database, name: string): { token: string; person: Person } {
  const row = database.get('SELECT * FROM people WHERE appearance = ?', appearanceOf(name))
  const person = row && toPerson(row)
  if (!person || person.gone || person.role === 'visitor' || person.role === 'bot')
    throw new Error(`Nobody here is called ${name}.`)
  const token = putResetLink(database, { personId: person.id, madeBy: null, expiresAt: Date.now() + RESET_LINK_MS })
  return { token, person }
}
