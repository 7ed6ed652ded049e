import { namedIn } from '../../../protocol/mentions.ts'
import type { Preview } from '../../../protocol/rooms.ts'
import type { Database, Row } from './database.ts'
import { PREVIEWED, toPreview } from './queries.ts'

/** Messages that are deleted or of blocked people are passed over, but not more of them: what comes then is about something else. */
const NEAR = 8

export type Place = { roomId: string; seq: number }
export const nameOf = ({ roomId, seq }: Place) => `${roomId} ${seq}`
export const nameOfRow = (row: Row) => `${row['room_id']} ${row['seq']}`

/** A list of places as JSON, as a table. All of a page are asked for at once: where a store is not in this process, each question is a way. */
export const PLACES = `(SELECT value ->> 'roomId' AS room_id, CAST(value ->> 'seq' AS bigint) AS seq FROM json_each(?1)) AS p`
export const listed = (places: readonly Place[]) => JSON.stringify(places.map(({ roomId, seq }) => ({ roomId, seq })))

const near = (nearest: string, range: string) =>
  `(SELECT ${nearest}(l.seq) FROM messages l WHERE l.room_id = p.room_id AND ${range}
    AND l.deleted = 0 AND l.author_id NOT IN (SELECT blocked_id FROM blocks WHERE person_id = ?2))`
const NEIGHBOURS = `SELECT p.room_id, p.seq, ${near('max', `l.seq < p.seq AND l.seq >= p.seq - ${NEAR}`)} AS above,
  ${near('min', `l.seq > p.seq AND l.seq <= p.seq + ${NEAR}`)} AS below FROM ${PLACES}`
const PREVIEWS = `SELECT l.room_id, l.seq, ${PREVIEWED} FROM ${PLACES} CROSS JOIN messages l ON l.room_id = p.room_id AND l.seq = p.seq`

type Around = { before?: Preview | undefined; after?: Preview | undefined }

/** What stands beside each of these messages in its room, for somebody who is in all of them; by the names of the places. */
export function aroundOf(database: Database, places: readonly Place[], personId: string): ReadonlyMap<string, Around> {
  const rows = database.all(NEIGHBOURS, listed(places), personId)
  const besides = rows.flatMap(({ room_id, above, below }) =>
    [above, below].flatMap((seq) => (seq == null ? [] : { roomId: String(room_id), seq: Number(seq) })),
  )
  const previews = new Map(database.all(PREVIEWS, listed(besides)).map((row) => [nameOfRow(row), toPreview(row)]))
  const previewAt = (row: Row, side: 'above' | 'below') => previews.get(`${row['room_id']} ${row[side]}`) ?? undefined
  return new Map(
    rows.map((row) => {
      const [before, after] = [previewAt(row, 'above'), previewAt(row, 'below')]
      return [nameOfRow(row), { ...(before && { before }), ...(after && { after }) }]
    }),
  )
}

/** Who wrote it, and whom as much as is told of it names. */
export const spokenAround = ({ before, after }: Around): string[] =>
  [before, after].flatMap((line) => (line ? [line.authorId, ...namedIn(line.text)] : []))
