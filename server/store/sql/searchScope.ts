import { matches, type Term } from '../../search/matching.ts'
import type { Query } from '../../search/query.ts'
import { folded, unitsOf, type Unit } from '../../search/units.ts'
import type { Database, Row } from './database.ts'
import { FIRST } from './said.ts'

/** Where somebody may look, and whose messages. `narrow` is what of it the index is asked for, where that spares looking. */
export type Scope = {
  rooms: ReadonlySet<string>
  authors: ReadonlySet<string> | null
  blocked: ReadonlySet<string>
  range: Range
  narrow: { roomIds: readonly string[] | null; authorIds: readonly string[] | null }
}

/** Beyond so many, the index is asked for all, and each message looked at. */
const NAMED = 24
/** Rooms with more than this part of all messages are not worth asking for. */
const LARGE = 0.3

type Named = { id: string; name: string; units: Unit[] }
const named = (id: string, name: string): Named => ({ id, name: folded(name), units: unitsOf(name) })

/** Who is called that; if nobody is, those whose name has a word that begins like it. */
function idsOf(value: string, all: Iterable<Named>): string[] {
  const term: Term = { units: unitsOf(value), open: true }
  const [first, ...rest] = term.units
  if (!first) return []
  // Of names there are few, and one letter is enough.
  const begins = ({ units }: Named) =>
    rest.length === 0 ? units.some(({ text }) => text.startsWith(first.text)) : matches(units, [term])
  const list = [...all]
  const name = folded(value)
  const exactly = list.filter((one) => one.name === name)
  return (exactly.length > 0 ? exactly : list.filter(begins)).map(({ id }) => id)
}

/** The numbers of all messages, from the first up to and without the last. */
export type Range = readonly [low: number, high: number]

/** Asked apart, each is one look; together, all of them. */
function rangeOf(database: Database): Range {
  const range = database.get(
    `SELECT (SELECT min(said) FROM messages WHERE said IS NOT NULL) AS low,
       (SELECT max(said) FROM messages WHERE said IS NOT NULL) + 1 AS high`,
  )
  return [Number(range?.['low'] ?? FIRST), Number(range?.['high'] ?? FIRST)]
}

export function createScope(database: Database) {
  /** Read again as far as they have changed. */
  const people = new Map<string, Named>()
  let peopleRev = -1

  function everybody(): Map<string, Named> {
    for (const row of database.all('SELECT id, name, rev FROM people WHERE rev > ? ORDER BY rev', peopleRev)) {
      people.set(String(row['id']), named(String(row['id']), String(row['name'])))
      peopleRev = Number(row['rev'])
    }
    return people
  }

  function authorsOf(values: readonly string[], personId: string): Set<string> | null {
    if (values.length === 0) return null
    return new Set(values.flatMap((value) => (folded(value) === 'me' ? personId : idsOf(value, everybody().values()))))
  }

  /** A conversation is called by the others in it. */
  function namesOf(room: Row, personId: string): Named[] {
    const id = String(room['id'])
    if (typeof room['direct_key'] !== 'string') return [named(id, String(room['name']))]
    return room['direct_key']
      .split(' ')
      .filter((one) => one !== personId)
      .flatMap((one) => everybody().get(one) ?? [])
      .map(({ name, units }) => ({ id, name, units }))
  }

  function roomsOf(values: readonly string[], personId: string): Row[] {
    const mine = database.all(
      `SELECT r.id, r.name, r.direct_key, r.seq FROM members m JOIN rooms r ON r.id = m.room_id
       WHERE m.person_id = ? AND m.present = 1 AND r.kind <> 'deleted'`,
      personId,
    )
    if (values.length === 0) return mine
    const names = mine.flatMap((room) => namesOf(room, personId))
    const ids = new Set(values.flatMap((value) => idsOf(value, names)))
    return mine.filter(({ id }) => ids.has(String(id)))
  }

  /** What was ever said in these rooms, as part of everything. */
  function shareOf(rooms: readonly Row[], [low, high]: Range): number {
    return rooms.reduce((sum, { seq }) => sum + Number(seq), 0) / (high - low)
  }

  /** Null where there is nothing to be found. A name that is nobody's is the same as one of which nobody may know. */
  return (personId: string, query: Query): Scope | null => {
    const rows = roomsOf(query.in, personId)
    const authors = authorsOf(query.from, personId)
    if (rows.length === 0 || authors?.size === 0) return null
    const roomIds = rows.map(({ id }) => String(id))
    const range = rangeOf(database)
    const blocked = database.all('SELECT blocked_id FROM blocks WHERE person_id = ?', personId)
    return {
      rooms: new Set(roomIds),
      authors,
      blocked: new Set(blocked.map((row) => String(row['blocked_id']))),
      range,
      narrow: {
        roomIds: roomIds.length <= NAMED && shareOf(rows, range) < LARGE ? roomIds : null,
        authorIds: authors && authors.size <= NAMED ? [...authors] : null,
      },
    }
  }
}
