import type { Database, Row } from '../sql/database.ts'
import type { SearchIndex } from '../sql/searchReads.ts'
import type { Ask } from '../sql/searchTerms.ts'

const quoted = (text: string) => `'${text.replaceAll(/['\\]/g, '$&$&')}'`

/** As the index is asked. https://www.postgresql.org/docs/current/datatype-textsearch.html#DATATYPE-TSQUERY */
const queryOf = (asks: readonly Ask[]): string =>
  asks
    .map((ask) => ask.map(({ text, isBeginning }) => `${quoted(text)}${isBeginning ? ':*' : ''}`).join(' | '))
    .map((ask) => `(${ask})`)
    .join(' & ')

/**
 * So many of the newest are looked through in their order until enough is found, which is soon where what is asked for is said
 * often. The index, which knows no order, collects all there is first: that is quick where there is little.
 */
const NEWEST = 2_048
/** So many rows are asked for at a time. */
const PORTION = 24

const BETWEEN = 'said < ?1 AND said >= ?2'
const ALL = `SELECT *, said AS number FROM messages WHERE ${BETWEEN} ORDER BY said DESC LIMIT ${PORTION}`

const SAYS_IT = 'terms @@ ?3::tsquery'
/** What waits to be indexed may say anything. */
const withWaiting = (numbers: string) =>
  `${numbers} UNION SELECT said FROM to_search WHERE ${BETWEEN} ORDER BY said DESC`
/** Within OFFSET 0 it is done as it is written. */
const THROUGH = withWaiting(
  `SELECT said FROM (SELECT said, terms FROM search WHERE ${BETWEEN} ORDER BY said DESC OFFSET 0) AS newest WHERE ${SAYS_IT}`,
)
const BY_INDEX = withWaiting(`SELECT said FROM search WHERE ${BETWEEN} AND ${SAYS_IT}`)
/**
 * Whole messages: to ask for each would take longer than to send it. They are read one by one, as far as somebody goes on. What
 * waits may be there no more: of that there is the number alone.
 */
const messagesOf = (numbers: string) =>
  `SELECT m.*, found.said AS number FROM (${numbers}) AS found
   LEFT JOIN LATERAL (SELECT * FROM messages WHERE said = found.said LIMIT 1) AS m ON true`
const isThere = (row: Row) => row['said'] !== null

/** All that waits to be indexed, and what the index has. `newest`: see NEWEST. */
export function createSearchIndex(database: Database, newest = NEWEST): SearchIndex {
  /** `portion` has the newest of a range, and is asked again and again. */
  function* inPortions(portion: string, from: number, to: number, ...values: string[]): Generator<Row> {
    for (let below = to; below > from;) {
      const rows = database.all(portion, below, from, ...values)
      yield* rows.filter(isThere)
      if (rows.length < PORTION) return
      below = Number(rows.at(-1)?.['number'])
    }
  }

  return {
    isWhole: () => true,
    *rows(asks, from, to) {
      if (asks.length === 0) return yield* inPortions(ALL, from, to)
      const query = queryOf(asks)
      // The best way depends on how often that is said: it is not to be settled once for all words.
      database.run('SELECT set_config(?, ?, true)', 'plan_cache_mode', 'force_custom_plan')
      const low = Math.max(from, to - newest)
      yield* inPortions(messagesOf(`${THROUGH} LIMIT ${PORTION}`), low, to, query)
      if (low === from) return
      for (const row of database.each(messagesOf(`${BY_INDEX} OFFSET 0`), low, from, query)) if (isThere(row)) yield row
    },
  }
}
