import { namedIn } from '../../../protocol/mentions.ts'
import type { Preview } from '../../../protocol/rooms.ts'
import type { Database } from './database.ts'
import { PREVIEWED, toPreview } from './queries.ts'

/** Messages that are deleted or of blocked people are passed over, but not more of them: what comes then is about something else. */
const NEAR = 8

const shown = `deleted = 0 AND author_id NOT IN (SELECT blocked_id FROM blocks WHERE person_id = ?3)`
const AROUND = [
  `seq < ?2 AND seq >= ?2 - ${NEAR} AND ${shown} ORDER BY seq DESC`,
  `seq > ?2 AND seq <= ?2 + ${NEAR} AND ${shown} ORDER BY seq`,
]
  .map(
    (which) =>
      `SELECT * FROM (SELECT seq, ${PREVIEWED} FROM messages l WHERE room_id = ?1 AND ${which} LIMIT 1) AS one`,
  )
  .join(' UNION ALL ')

type Around = { before?: Preview | undefined; after?: Preview | undefined }

/** What stands beside a message in its room, for somebody who is in it. */
export function aroundOf(
  database: Database,
  { roomId, seq }: { roomId: string; seq: number },
  personId: string,
): Around {
  const around: Around = {}
  for (const row of database.all(AROUND, roomId, seq, personId)) {
    const preview = toPreview(row)
    if (preview) around[preview.seq < seq ? 'before' : 'after'] = preview
  }
  return around
}

/** Who wrote it, and whom as much as is told of it names. */
export const spokenAround = ({ before, after }: Around): string[] =>
  [before, after].flatMap((line) => (line ? [line.authorId, ...namedIn(line.text)] : []))
