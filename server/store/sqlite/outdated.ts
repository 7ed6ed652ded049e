import { monotonicNow } from '../sql/clock.ts'
import type { Database, Row } from '../sql/database.ts'
import { isLong, pieceOf, putIntoIndex, type Piece } from './newMessages.ts'
import { listOfTerms } from '../sql/searchTerms.ts'
import { saidOf } from '../sql/ownRows.ts'
import { leaveTraces } from '../sql/traces.ts'

/** So many terms are taken out at once, and put in; and so long in one transaction, in which nobody can write. Milliseconds. */
const PIECE = 50
const PIECE_IN = 2_000
const TIME = 15

/** Messages whose words in the index are of another text than theirs, newest first: they are looked at whatever it says. */
export const outdatedIn = (database: Database, from: number, below: number): Iterable<Row> =>
  database.each(
    `SELECT m.said, m.room_id, m.seq FROM outdated o JOIN messages m ON m.said = o.said
     WHERE o.said >= ? AND o.said < ? AND m.deleted = 0 ORDER BY o.said DESC`,
    from,
    below,
  )

/**
 * Brings the index to what messages say by now: first what they do not say any more goes, then what they say comes. One transaction
 * does one or the other: where SQLite (3.53) writes both of one message at once, it leaves out what comes after it of the same word.
 * Of a `text` the index has the terms from `done` on, whether the rest of them has gone or has yet to come: a message that says
 * again what it said before only gets back what it lacks.
 */
export function createSettling(database: Database) {
  /** What is taken out or put in just now: to find its terms again for every piece would take longer than that. */
  let current: { said: number; text: string; terms: string[] } | null = null

  function termsOfPiece({ id, roomId, authorId, text }: Piece): string[] {
    if (current?.said !== id || current.text !== text)
      current = { said: id, text, terms: listOfTerms(roomId, authorId, text) }
    return current.terms
  }

  /** What the index has of it, or a part of. */
  const indexedPiece = (row: Row): Piece => ({
    id: saidOf(row),
    roomId: String(row['room']),
    authorId: String(row['author']),
    text: String(row['text']),
  })

  function pieceNow(said: number): Piece | null {
    const row = database.get(
      'SELECT said, room_id, author_id, body, poll, files, preview FROM messages WHERE said = ?',
      said,
    )
    return row ? pieceOf(row) : null
  }

  const isSaid = (row: Row) => pieceNow(saidOf(row))?.text === row['text']

  const insert = (said: number, terms: readonly string[]) =>
    database.run('INSERT INTO search (rowid, terms) VALUES (?, ?)', said, terms.join(' '))
  const remove = (said: number, terms: readonly string[]) =>
    database.run(`INSERT INTO search (search, rowid, terms) VALUES ('delete', ?, ?)`, said, terms.join(' '))

  function takeOut(row: Row, until: number): void {
    const said = saidOf(row)
    const terms = termsOfPiece(indexedPiece(row))
    for (let done = Number(row['done']); ;) {
      const piece = terms.slice(done, done + PIECE)
      done += piece.length
      remove(said, piece)
      if (done === terms.length) break
      // The index counts what it has, and a piece is not all of it.
      insert(said, [])
      if (monotonicNow() > until) return database.run('UPDATE outdated SET done = ? WHERE said = ?', done, said)
    }
    current = null
    database.run(`UPDATE outdated SET text = '', done = 0 WHERE said = ?`, said)
    leaveTraces(database)
  }

  /** What is missing of it, from its end on. */
  function putInMore(row: Row, until: number): void {
    const said = saidOf(row)
    const terms = termsOfPiece(indexedPiece(row))
    for (let left = Number(row['done']); left > 0;) {
      const piece = terms.slice(Math.max(0, left - PIECE_IN), left)
      left -= piece.length
      insert(said, piece)
      remove(said, [])
      if (left > 0 && monotonicNow() > until)
        return database.run('UPDATE outdated SET done = ? WHERE said = ?', left, said)
    }
    current = null
    database.run('DELETE FROM outdated WHERE said = ?', said)
  }

  function putIn(row: Row): void {
    const said = saidOf(row)
    const message = pieceNow(said)
    if (message && isLong(message.text)) {
      const isKnown = current?.said === said && current.text === message.text
      const terms = termsOfPiece(message)
      // To find them takes so long that others may have to be let in before the first are put in.
      if (!isKnown) return
      const left = Math.max(0, terms.length - PIECE_IN)
      insert(said, terms.slice(left))
      return database.run('UPDATE outdated SET text = ?, done = ? WHERE said = ?', message.text, left, said)
    }
    database.run('DELETE FROM outdated WHERE said = ?', said)
    if (message) putIntoIndex(database, message)
  }

  const next = (what: 'text' | 'no text') =>
    database.get(`SELECT * FROM outdated WHERE text ${what === 'text' ? '<>' : '='} '' ORDER BY said LIMIT 1`)

  return {
    isOver: () => database.get('SELECT 1 FROM outdated LIMIT 1') === undefined,
    /** As far as one transaction goes. */
    settle(): void {
      const until = monotonicNow() + TIME
      const what = next('no text') ? 'no text' : 'text'
      let way: typeof takeOut | null = null
      for (let row = next(what); row && monotonicNow() < until; row = next(what)) {
        const turn = what === 'no text' ? putIn : isSaid(row) ? putInMore : takeOut
        if (way && way !== turn) return
        way = turn
        turn(row, until)
      }
    },
  }
}
