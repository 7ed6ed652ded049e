import { SYNC_PAGE } from '../../../protocol/limits.ts'
import { appearanceOf } from '../../names/names.ts'
import type { Store } from '../store.ts'
import type { Database } from './database.ts'
import { beginningOf, capitalsFor, cut, position } from './listing.ts'
import { peopleRevOf, toPerson } from './queries.ts'
import type { AtOnce } from './reads.ts'

/** `get` is answered from what is remembered of people: see peopleCache.ts. */
type PeopleReads = Omit<Store['people'], 'get' | 'create' | 'rename' | 'remove' | 'setRole'>

export function createPeopleReads(database: Database, atOnce: AtOnce): PeopleReads {
  return {
    async byName(name) {
      const row = database.get('SELECT * FROM people WHERE appearance = ?', appearanceOf(name))
      return row ? toPerson(row) : null
    },
    async list({ query, after, limit }) {
      const rows = database.all(
        `SELECT * FROM people WHERE gone = 0 AND instr(' ' || ${capitalsFor(query)}(name), ?1) > 0
         AND (name COLLATE NOCASE, id) > (?2, ?3) ORDER BY name COLLATE NOCASE, id LIMIT ?4`,
        beginningOf(query),
        ...position(after),
        limit + 1,
      )
      const { items, next } = cut(rows, limit, toPerson)
      return { people: items, next }
    },
    sync: async (since) =>
      atOnce(() => {
        const rows = database.all('SELECT * FROM people WHERE rev > ? ORDER BY rev LIMIT ?', since, SYNC_PAGE + 1)
        const people = rows.slice(0, SYNC_PAGE).map(toPerson)
        const more = rows.length > SYNC_PAGE
        return { people, rev: more ? (people.at(-1)?.rev ?? since) : peopleRevOf(database), more }
      }),
    rev: async () => peopleRevOf(database),
  }
}
