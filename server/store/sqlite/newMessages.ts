import { searchedText } from '../../../protocol/searched.ts'
import type { Database, Row } from '../sql/database.ts'
import { filesOf } from '../sql/fileReads.ts'
import { previewIn } from '../sql/linked.ts'
import { metaOf, pollOf } from '../sql/queries.ts'
import { termsOf } from '../sql/searchTerms.ts'

/** In one transaction so many messages are indexed, or so many UTF-16 code units: tens of milliseconds, in which nobody can write. */
const PIECE = 500
const LENGTH = 50_000
/** Of one message. */
const LONG = 16_000

/** Up to this number the messages are in the index. */
export const indexedOf = (database: Database): number => Number(metaOf(database, 'indexed'))

export type Piece = { id: number; roomId: string; authorId: string; text: string }

/** Of a row that has these: what the index is to have of the message. */
export const pieceOf = (row: Row, id = Number(row['said'])): Piece => ({
  id,
  roomId: String(row['room_id']),
  authorId: String(row['author_id']),
  text: searchedText({
    body: String(row['body']),
    poll: pollOf(row),
    files: filesOf(row),
    ...(row['preview'] !== '' && previewIn(row)),
  }),
})

/** To be called in ascending order: the index takes them many times faster. A deleted message has no words, a long one waits to be settled. */
export function putIntoIndex(database: Database, { id, roomId, authorId, text }: Piece): void {
  if (text === '') return
  if (isLong(text))
    return database.run(`INSERT INTO outdated (said, room, author, text) VALUES (?, ?, ?, '')`, id, roomId, authorId)
  database.run('INSERT INTO search (rowid, terms) VALUES (?, ?)', id, termsOf(roomId, authorId, text))
}

/** In scripts without spaces every character is a term, and every pair of them. */
const weightOf = (text: string) => text.length + 5 * (text.match(/[^\0-\x7f]/g)?.length ?? 0)

/** So long that it is put in by pieces. */
export const isLong = (text: string): boolean => weightOf(text) > LONG

/** As many of them as one transaction takes. */
export function aPieceOf<T extends { text: string }>(messages: Iterable<T>): T[] {
  const taken: T[] = []
  let length = 0
  for (const message of messages) {
    length += weightOf(message.text)
    if (taken.length > 0 && length > LENGTH) break
    taken.push(message)
    if (taken.length >= PIECE) break
  }
  return taken
}

function* waitingIn(database: Database): Generator<Piece> {
  const rows = database.each(
    'SELECT said, room_id, author_id, body, poll, files, preview FROM messages WHERE said > ? ORDER BY said',
    indexedOf(database),
  )
  for (const row of rows) yield pieceOf(row)
}

/** Indexes what was said since the last time, the oldest first, as far as one transaction goes. Returns how many messages. */
export function indexNew(database: Database): number {
  const piece = aPieceOf(waitingIn(database))
  for (const message of piece) putIntoIndex(database, message)
  const last = piece.at(-1)
  if (last) database.run(`UPDATE meta SET value = ? WHERE key = 'indexed'`, last.id)
  return piece.length
}
