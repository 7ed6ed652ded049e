import type { Database } from '../sql/database.ts'
import { newestOf } from '../sql/ownRows.ts'
import type { SearchIndex } from '../sql/searchReads.ts'
import type { Ask } from '../sql/searchTerms.ts'
import { indexedOf } from './newMessages.ts'
import { outdatedIn } from './outdated.ts'

/** As FTS5 is asked. https://sqlite.org/fts5.html#full_text_query_syntax */
const expressionOf = (asks: readonly Ask[]): string =>
  asks
    .map((ask) => ask.map(({ text, isBeginning }) => (isBeginning ? `"${text}" *` : `"${text}"`)).join(' OR '))
    .map((ask) => (ask.includes(' OR ') ? `(${ask})` : ask))
    .join(' AND ')

const ALL = 'SELECT said, room_id, seq FROM messages WHERE said < ? AND said >= ? ORDER BY said DESC'

/** All that waits to be indexed, and what the index has, by FTS5. */
export const createSearchIndex = (database: Database): SearchIndex => ({
  isWhole: () => database.get('SELECT 1 FROM to_index') === undefined,
  *rows(asks, from, to) {
    if (asks.length === 0) return yield* database.each(ALL, to, from)
    // One bound from below: of two, SQLite goes by the first.
    yield* database.each(ALL, to, Math.max(from, indexedOf(database) + 1))
    yield* newestOf(
      outdatedIn(database, from, to),
      database.each(
        `SELECT m.said, m.room_id, m.seq FROM search s JOIN messages m ON m.said = s.rowid
         WHERE s.search MATCH ? AND s.rowid < ? AND s.rowid >= ? ORDER BY s.rowid DESC`,
        expressionOf(asks),
        to,
        from,
      ),
    )
  },
})
