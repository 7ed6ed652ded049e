import { SEARCH_RANKED } from '../../../protocol/limits.ts'
import type { Message } from '../../../protocol/messages.ts'
import { searchedText } from '../../../protocol/searched.ts'
import { beginningOfDay } from '../../search/days.ts'
import { hasAll } from '../../search/holding.ts'
import { marksOf, matches, weightOf } from '../../search/matching.ts'
import { isEmpty, parse, type Query } from '../../search/query.ts'
import { unitsOf } from '../../search/units.ts'
import type { Search } from '../search.ts'
import type { Database, Row } from './database.ts'
import { fitting } from './pages.ts'
import { toMessage } from './queries.ts'
import { createScope, type Range, type Scope } from './searchScope.ts'
import { newestBelow, newestIn } from './ownRows.ts'
import { asksOf, type Ask } from './searchTerms.ts'

export type Asked = Parameters<Search['find']>[0]

/** Where something was found: the message is read again when it is told. */
export type Place = Pick<Message, 'roomId' | 'seq' | 'rev'> & { marks: [number, number][] }
export type Outcome = { places: Place[]; next: string | null; all: boolean }

/**
 * Rows with `said`, `room_id` and `seq`, or with all that a message has, of all messages that may match, newest first, from `from` up
 * to and without `to`. Where nothing is asked, every message may.
 */
export type SearchIndex = {
  rows: (asks: readonly Ask[], from: number, to: number) => Iterable<Row>
  /** Whether all is numbered, and can be found. */
  isWhole: () => boolean
}

/** Whether to go on, asked again and again. */
export type GoOn = () => boolean

/** So many rows are looked at before it is asked again whether to go on. */
const LOOKS = 64
const DAY_OF_SLACK = 24 * 60 * 60_000

/** Nothing of its text is held: there may be many. */
type Candidate = { id: number; place: Place; length: number; weight: number }

/** Where a page ends, as the next one is asked for: by a message that one may see, since numbers over all rooms tell of others. */
const CURSOR = /^(n|f|b (\d{1,5})) (\d{1,15}) ([\w-]{1,32})$/
/** Below this one, and from this one on down. */
const onBelow = (row: Row) => `n ${row['seq']} ${row['room_id']}`
const onAt = (row: Row) => `f ${row['seq']} ${row['room_id']}`

export function createSearchReads(database: Database, index: SearchIndex) {
  const scopeOf = createScope(database)

  /** The number of the first message that was sent at this time or later. Clocks that were set back are a day's matter. */
  function idSince(time: number, range: Range): number {
    const sentFrom = (id: number) =>
      database.get('SELECT said, sent_at FROM messages WHERE said >= ? ORDER BY said LIMIT 1', id)
    let [low, high] = range
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const row = sentFrom(middle)
      if (!row || Number(row['sent_at']) >= time) high = middle
      else low = Number(row['said']) + 1
    }
    return low
  }

  /** What may be found, newest first, from below this one down. */
  function* rowsOf(query: Query, scope: Scope, below: number, { since, until }: Days): Generator<Row> {
    const asks = asksOf(query.terms, { ...query, ...scope.narrow })
    const [, high] = scope.range
    const from = since === null ? 0 : idSince(since - DAY_OF_SLACK, scope.range)
    const to = Math.min(below, until === null ? high : idSince(until + DAY_OF_SLACK, scope.range))
    if (query.pinned) return yield* pinnedIn(scope, from, to)
    const isOfFiles = query.terms.length === 0 && query.has.some((what) => what === 'file' || what === 'image')
    if (isOfFiles) return yield* withFiles(scope, from, to)
    yield* index.rows(asks, from, to)
  }

  /** Few among all that is said. */
  const withFiles = ({ rooms }: Scope, from: number, to: number) =>
    newestIn(rooms, to, (roomId, said, most) => database.all(WITH_FILES, roomId, from, said, most))

  /** Few in every room, and the index knows nothing of pins. */
  const pinnedIn = ({ rooms }: Scope, from: number, to: number) =>
    database.each(
      `SELECT said, room_id, seq FROM messages INDEXED BY messages_pinned WHERE pinned_at IS NOT NULL AND said >= ? AND said < ?
         AND room_id IN (SELECT value FROM json_each(?)) ORDER BY said DESC`,
      from,
      to,
      JSON.stringify([...rooms]),
    )

  /** The message of a row, if it is one that is looked for and may be seen. */
  function candidateOf(row: Row, query: Query, scope: Scope, { since, until }: Days): Candidate | null {
    if (!scope.rooms.has(String(row['room_id']))) return null
    const [roomOfRow, seqOfRow] = [String(row['room_id']), Number(row['seq'])]
    const found =
      row['body'] === undefined
        ? database.get('SELECT * FROM messages WHERE room_id = ? AND seq = ?', roomOfRow, seqOfRow)
        : row
    if (!found || found['deleted'] === 1) return null
    const message = toMessage(found)
    const { authorId, sentAt } = message
    const text = searchedText(message)
    if (scope.blocked.has(authorId) || (scope.authors && !scope.authors.has(authorId))) return null
    if ((since !== null && sentAt < since) || (until !== null && sentAt >= until)) return null
    if (!hasAll(message, query)) return null
    const units = query.terms.length > 0 ? unitsOf(text) : []
    if (!matches(units, query.terms)) return null
    const { roomId, seq, rev } = message
    return {
      id: Number(row['said']),
      place: { roomId, seq, rev, marks: marksOf(units, query.terms) },
      length: text.length,
      weight: weightOf(units, query.terms),
    }
  }

  type Looking = { query: Query; scope: Scope; days: Days; goOn: GoOn }

  /** Where to go on, however far up one’s own next message is; null if there is none. */
  function onFrom(row: Row, { rooms }: Scope): string | null {
    if (rooms.has(String(row['room_id']))) return onBelow(row)
    const next = newestBelow(database, rooms, Number(row['said']))
    return next && onAt(next)
  }

  /** At most so many, newest first; `next` is where to go on, if there may be more below. */
  function look({ query, scope, days, goOn }: Looking, below: number, most: number) {
    const found: Candidate[] = []
    let looks = 0
    for (const row of rowsOf(query, scope, below, days)) {
      const candidate = candidateOf(row, query, scope, days)
      if (candidate) found.push(candidate)
      if (found.length >= most) return { found, next: onBelow(row), over: true }
      if (++looks % LOOKS !== 0 || goOn()) continue
      const next = onFrom(row, scope)
      return { found, next, over: next === null }
    }
    return { found, next: null, over: true }
  }

  /** Null for the first page, and for one that ends in a room that is not theirs, or no more. */
  function cursorOf(after: string | undefined, { rooms }: Scope): { id: number; passed: number } | null {
    const [, kind, passed, seq, roomId = ''] = CURSOR.exec(after ?? '') ?? []
    if (!rooms.has(roomId)) return null
    const row = database.get('SELECT said FROM messages WHERE room_id = ? AND seq = ?', roomId, Number(seq))
    return row ? { id: Number(row['said']) + (kind === 'f' ? 1 : 0), passed: Number(passed ?? 0) } : null
  }

  function newest(looking: Looking, after: string | undefined, limit: number): Outcome {
    const { found, next, over } = look(
      looking,
      cursorOf(after, looking.scope)?.id ?? Number.MAX_SAFE_INTEGER,
      limit + 1,
    )
    const fit = fitting(found.slice(0, limit), ({ length }) => length)
    const last = fit.length < found.length ? fit.at(-1)?.place : undefined
    return {
      places: fit.map(({ place }) => place),
      next: last ? `n ${last.seq} ${last.roomId}` : next,
      all: over,
    }
  }

  /** A page goes on in the order of the page before it, whatever was said meanwhile. */
  function best(looking: Looking, after: string | undefined, limit: number): Outcome {
    const cursor = cursorOf(after, looking.scope)
    const { found, over } = look(looking, cursor ? cursor.id + 1 : Number.MAX_SAFE_INTEGER, SEARCH_RANKED)
    const [first, skip] = [found[0]?.place, cursor?.passed ?? 0]
    const ranked = found.toSorted((a, b) => b.weight - a.weight || b.id - a.id)
    const fit = fitting(ranked.slice(skip, skip + limit), ({ length }) => length)
    const end = skip + fit.length
    return {
      places: fit.map(({ place }) => place),
      next: first && end < ranked.length ? `b ${end} ${first.seq} ${first.roomId}` : null,
      all: over && found.length < SEARCH_RANKED,
    }
  }

  /** Called inside one transaction. `goOn` says whether there is time left. */
  function find({ personId, query: typed, order, after, limit, zone }: Asked, goOn: GoOn): Outcome {
    const query = parse(typed)
    const scope = isEmpty(query) ? null : scopeOf(personId, query)
    if (!scope) return { places: [], next: null, all: true }
    const days = {
      since: query.after === null ? null : beginningOfDay(query.after, zone),
      until: query.before === null ? null : beginningOfDay(query.before, zone),
    }
    const looking = { query, scope, days, goOn }
    const outcome = order === 'best' ? best(looking, after, limit) : newest(looking, after, limit)
    return { ...outcome, all: outcome.all && index.isWhole() }
  }

  return { find }
}

/** Those of one room, newest first. */
const WITH_FILES = `SELECT said, room_id, seq FROM messages INDEXED BY messages_with_files
  WHERE files <> '' AND room_id = ? AND said >= ? AND said < ? ORDER BY said DESC LIMIT ?`

/** What was sent from `since` on, and before `until`. Milliseconds since the Unix epoch. */
type Days = { since: number | null; until: number | null }
