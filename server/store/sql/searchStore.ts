import { searchedText } from '../../../protocol/searched.ts'
import { hasAll } from '../../search/holding.ts'
import { marksOf, matches } from '../../search/matching.ts'
import { parse } from '../../search/query.ts'
import { unitsOf } from '../../search/units.ts'
import type { Found, Search } from '../search.ts'
import { aroundOf, listed, nameOf, nameOfRow, PLACES, spokenAround } from './around.ts'
import { spokenIn } from './changes.ts'
import type { Database } from './database.ts'
import { headOf, peopleById, toMessage } from './queries.ts'
import type { AtOnce } from './reads.ts'
import type { Asked, Outcome, Place } from './searchReads.ts'

/** What was found is read once more before it is told: a room may have been left, or a text deleted, since it was. */
type Telling = Pick<Search, 'firstSince'> & { tell: (asked: Asked, outcome: Outcome) => ReturnType<Search['find']> }

type Hit = Pick<Found['hits'][number], 'message' | 'marks'>

const MESSAGES = `SELECT m.* FROM ${PLACES} CROSS JOIN messages m ON m.room_id = p.room_id AND m.seq = p.seq
  WHERE m.deleted = 0 AND EXISTS (SELECT 1 FROM members WHERE room_id = m.room_id AND person_id = ?2 AND present = 1)`

export function createSearchStore(database: Database, atOnce: AtOnce): Telling {
  /** Those that somebody may still see, as they are now. */
  function hitsAt(places: readonly Place[], { personId, query }: Asked): Hit[] {
    const rows = database.all(MESSAGES, listed(places), personId)
    const messages = new Map(rows.map((row) => [nameOfRow(row), toMessage(row)]))
    return places.flatMap(({ marks, rev, ...place }) => {
      const message = messages.get(nameOf(place))
      if (!message) return []
      if (message.rev === rev) return { message, marks }
      const [units, wanted] = [unitsOf(searchedText(message)), parse(query)]
      if (!hasAll(message, wanted) || !matches(units, wanted.terms)) return []
      return { message, marks: marksOf(units, wanted.terms) }
    })
  }

  /** By the order of a room's messages, which is the order of their times. */
  function firstSince(roomId: string, time: number): number | null {
    const { seq: head } = headOf(database, roomId)
    let [low, high] = [1, head + 1]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const row = database.get('SELECT sent_at FROM messages WHERE room_id = ? AND seq = ?', roomId, middle)
      if (Number(row?.['sent_at']) >= time) high = middle
      else low = middle + 1
    }
    return low > head ? null : low
  }

  return {
    tell: async (asked, { places, next, all }) =>
      atOnce(() => {
        if (places.length === 0) return { hits: [], people: [], next, all }
        const found = hitsAt(places, asked)
        const around = aroundOf(
          database,
          found.map(({ message }) => message),
          asked.personId,
        )
        const hits = found.map((hit) => ({ ...hit, ...around.get(nameOf(hit.message)) }))
        return {
          hits,
          people: peopleById(
            database,
            hits.flatMap(({ message, ...around }) => [...spokenIn(message), ...spokenAround(around)]),
          ),
          next,
          all,
        }
      }),
    firstSince: async ({ roomId, time }) => atOnce(() => firstSince(roomId, time)),
  }
}
