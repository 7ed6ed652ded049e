import { searchedText } from '../../../protocol/searched.ts'
import type { Database, Row } from '../sql/database.ts'
import { toMessage } from '../sql/queries.ts'
import { listOfTerms } from '../sql/searchTerms.ts'

/** So many messages are indexed in one transaction. */
const PIECE = 300

/** What the index is to have of a message; nothing of a deleted one. */
function termsOf(row: Row): string[] {
  const message = toMessage(row)
  const text = message.deleted ? '' : searchedText(message)
  return text === '' ? [] : listOfTerms(message.roomId, message.authorId, text)
}

/** Brings the index to what messages say by now, those that wait longest first. Returns whether others wait. */
export function indexPiece(database: Database): boolean {
  const waiting = database.all(`SELECT n, said FROM to_search ORDER BY n LIMIT ${PIECE}`)
  if (waiting.length === 0) return false
  const ids = (column: string) => JSON.stringify(waiting.map((row) => row[column]))
  const rows = database.all(
    'SELECT * FROM messages WHERE said IN (SELECT value::bigint FROM json_each(?))',
    ids('said'),
  )
  for (const row of rows)
    database.run(
      `INSERT INTO search (said, terms)
       VALUES (?, array_to_tsvector(ARRAY(SELECT value FROM json_each(?))))
       ON CONFLICT (said) DO UPDATE SET terms = excluded.terms`,
      Number(row['said']),
      JSON.stringify(termsOf(row)),
    )
  database.run('DELETE FROM to_search WHERE n IN (SELECT value::bigint FROM json_each(?))', ids('n'))
  return waiting.length === PIECE
}
