import { searchedText } from '../../../protocol/searched.ts'
import { hasAll } from '../../search/holding.ts'
import { marksOf, matches } from '../../search/matching.ts'
import { parse } from '../../search/query.ts'
import { unitsOf } from '../../search/units.ts'
import type { Found, Search } from '../search.ts'
import { aroundOf, spokenAround } from './around.ts'
import { spokenIn } from './changes.ts'
import type { Database } from './database.ts'
import { headOf, isIn, peopleById, toMessage } from './queries.ts'
import type { AtOnce } from './reads.ts'
import type { Asked, Outcome, Place } from './searchReads.ts'

/** What was found is read once more before it is told: a room may have been left, or a text deleted, since it was. */
type Telling = Pick<Search, 'firstSince'> & { tell: (asked: Asked, outcome: Outcome) => ReturnType<Search['find']> }

export function createSearchStore(database: Database, atOnce: AtOnce): Telling {
  function hitAt({ roomId, seq, rev, marks }: Place, { personId, query }: Asked): Found['hits'] {
    const row = database.get('SELECT * FROM messages WHERE room_id = ? AND seq = ? AND deleted = 0', roomId, seq)
    if (!row || !isIn(database, roomId, personId)) return []
    const message = toMessage(row)
    const told = (at: typeof marks) => [{ message, marks: at, ...aroundOf(database, message, personId) }]
    if (message.rev === rev) return told(marks)
    const [units, wanted] = [unitsOf(searchedText(message)), parse(query)]
    if (!hasAll(message, wanted) || !matches(units, wanted.terms)) return []
    return told(marksOf(units, wanted.terms))
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
        const hits = places.flatMap((place) => hitAt(place, asked))
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
