import type { Database, Row } from '../sql/database.ts'
import { newestOf } from '../sql/ownRows.ts'
import type { SearchIndex } from '../sql/searchReads.ts'
import type { Ask } from '../sql/searchTerms.ts'

const quoted = (text: string) => `'${text.replaceAll(/['\\]/g, '$&$&')}'`

/** As the index is asked. https://www.postgresql.org/docs/current/datatype-textsearch.html#DATATYPE-TSQUERY */
const queryOf = (asks: readonly Ask[]): string =>
  asks
    .map((ask) => ask.map(({ text, isBeginning }) => `${quoted(text)}${isBeginning ? ':*' : ''}`).join(' | '))
    .map((ask) => `(${ask})`)
    .join(' & ')

/** All that waits to be indexed, and what the index has, as whole messages: to ask for each would take longer than to send it. */
export function createSearchIndex(database: Database): SearchIndex {
  const waitingIn = (from: number, to: number): Iterable<Row> =>
    database.each(
      `SELECT m.* FROM (SELECT DISTINCT said FROM to_search WHERE said >= ? AND said < ?) AS waiting
       JOIN messages m ON m.said = waiting.said ORDER BY m.said DESC`,
      from,
      to,
    )
  return {
    isWhole: () => true,
    rows: (asks, from, to) =>
      newestOf(
        waitingIn(from, to),
        database.each(
          `SELECT m.* FROM search s JOIN messages m ON m.said = s.said
         WHERE s.terms @@ ?::tsquery AND s.said < ? AND s.said >= ? ORDER BY s.said DESC`,
          queryOf(asks),
          to,
          from,
        ),
      ),
  }
}
