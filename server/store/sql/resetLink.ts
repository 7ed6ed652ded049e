import { RESET_LINK_MS } from '../../../protocol/limits.ts'
import type { Person } from '../../../protocol/people.ts'
import { appearanceOf } from '../../names/names.ts'
import { putResetLink } from './accountOperations.ts'
import type { Database } from './database.ts'
import { toPerson } from './queries.ts'

/** A link for somebody who has lost every way in. Throws an Error with one sentence for people. */
export function linkFor(database: Database, name: string): { token: string; person: Person } {
  const row = database.get('SELECT * FROM people WHERE appearance = ?', appearanceOf(name))
  const person = row && toPerson(row)
  if (!person || person.gone || person.role === 'visitor' || person.role === 'bot')
    throw new Error(`Nobody here is called ${name}.`)
  const token = putResetLink(database, { personId: person.id, madeBy: null, expiresAt: Date.now() + RESET_LINK_MS })
  return { token, person }
}
