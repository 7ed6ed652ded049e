import { monotonicNow } from './clock.ts'
import type { Database, Row } from './database.ts'
import { pieceOf, putIntoIndex } from './newMessages.ts'
import { termsOf } from './searchTerms.ts'
import { leaveTraces } from './tidying.ts'

/** So many terms are taken out at once, and so long in one transaction, in which nobody can write. Milliseconds. */
const PIECE = 50
const TIME = 15

const saidOf = (row: Row | undefined) => Number(row?.['said'] ?? -Infinity)

/** Messages whose words in the index are of another text than theirs, newest first: they are looked at whatever it says. */
export const outdatedIn = (database: Database, from: number, below: number): Iterable<Row> =>
  database.each(
    `SELECT m.said, m.room_id, m.seq FROM outdated o JOIN messages m ON m.said = o.said
     WHERE o.said >= ? AND o.said < ? AND m.deleted = 0 ORDER BY o.said DESC`,
    from,
    below,
  )

/** Of both, newest first, each once. */
export function* newestOf(some: Iterable<Row>, others: Iterable<Row>): Generator<Row> {
  const rest = some[Symbol.iterator]()
  let one = rest.next()
  for (const other of others) {
    for (; !one.done && saidOf(one.value) >= saidOf(other); one = rest.next())
      if (saidOf(one.value) > saidOf(other)) yield one.value
    yield other
  }
  for (; !one.done; one = rest.next()) yield one.value
}

/**
 * Brings the index to what messages say by now: first what they do not say any more goes, then what they say comes. One transaction
 * does one or the other: where SQLite (3.53) writes both of one message at once, it leaves out what comes after it of the same word.
 */
export function createSettling(database: Database) {
  /** What is taken out just now: to find its terms again for every piece would take longer than taking them out. */
  let current: { said: number; terms: string[] } | null = null

  function termsIn(row: Row): string[] {
    const said = saidOf(row)
    if (current?.said !== said)
      current = {
        said,
        terms: termsOf(String(row['room']), String(row['author']), String(row['text'])).split(' '),
      }
    return current.terms
  }

  function takeOut(row: Row, until: number): void {
    const [said, terms] = [saidOf(row), termsIn(row)]
    for (let done = Number(row['done']); ;) {
      const piece = terms.slice(done, done + PIECE)
      done += piece.length
      database.run(`INSERT INTO search (search, rowid, terms) VALUES ('delete', ?, ?)`, said, piece.join(' '))
      if (done === terms.length) break
      // The index counts what it has, and a piece is not all of it.
      database.run(`INSERT INTO search (rowid, terms) VALUES (?, '')`, said)
      if (monotonicNow() > until) return database.run('UPDATE outdated SET done = ? WHERE said = ?', done, said)
    }
    current = null
    database.run(`UPDATE outdated SET text = '', done = 0 WHERE said = ?`, said)
    leaveTraces(database)
  }

  function putIn(row: Row): void {
    const said = saidOf(row)
    database.run('DELETE FROM outdated WHERE said = ?', said)
    const message = database.get(
      'SELECT said, room_id, author_id, body, poll, files, preview FROM messages WHERE said = ?',
      said,
    )
    if (message) putIntoIndex(database, pieceOf(message))
  }

  const next = (what: 'text' | 'no text') =>
    database.get(`SELECT * FROM outdated WHERE text ${what === 'text' ? '<>' : '='} '' ORDER BY said LIMIT 1`)

  return {
    isOver: () => database.get('SELECT 1 FROM outdated LIMIT 1') === undefined,
    /** As far as one transaction goes. */
    settle(): void {
      const until = monotonicNow() + TIME
      const what = next('no text') ? 'no text' : 'text'
      for (let row = next(what); row && monotonicNow() < until; row = next(what))
        if (what === 'text') takeOut(row, until)
        else putIn(row)
    },
  }
}
