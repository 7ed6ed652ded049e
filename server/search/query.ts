import { beside, inText, type Beside, type InText } from './holding.ts'
import type { Term } from './matching.ts'
import { unitsOf } from './units.ts'

/** What somebody looks for. Of each filter at least one must hold; all terms must. */
export type Query = {
  terms: Term[]
  from: string[]
  in: string[]
  has: (InText | Beside)[]
  pinned: boolean
  /** Sent from this day on, and before that one: YYYY-MM-DD. */
  after: string | null
  before: string | null
}

/** A filter with its value, in quotes perhaps; a phrase; or a word. A quote that is not closed ends where the query does. */
const PART = /(\p{L}+):(?:"([^"]*)"?|(\S+))|"([^"]*)("?)|([^\s"]+)/gu

const isDay = (value: string) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))

/**
 * Reads what was typed: words, a "phrase", `from:` a person, `in:` a room, `has:link`, `has:code`, `has:file`, `has:image`,
 * `is:pinned`, `before:` and `after:` a day. What looks like a filter and is none is words.
 */
export function parse(typed: string): Query {
  const query: Query = { terms: [], from: [], in: [], has: [], pinned: false, after: null, before: null }
  for (const [part, name = '', quoted, plain, phrase, closed] of typed.matchAll(PART)) {
    if (phrase !== undefined) addTerm(query, phrase, closed === '')
    else if (name === '' || !applyFilter(query, name.toLowerCase(), quoted ?? plain ?? '')) addTerm(query, part, true)
  }
  return query
}

/** Returns whether it was a filter. */
function applyFilter(query: Query, name: string, value: string): boolean {
  if (value === '') return false
  if (name === 'from' || name === 'in') query[name].push(value)
  else if (name === 'has') return holds(query, value.toLowerCase())
  else if (name === 'is' && value.toLowerCase() === 'pinned') query.pinned = true
  else if ((name === 'before' || name === 'after') && isDay(value)) query[name] = value
  else return false
  return true
}

function holds({ has }: Query, value: string): boolean {
  const what = [...inText, ...beside].find((one) => one === value)
  if (what && !has.includes(what)) has.push(what)
  return what !== undefined
}

function addTerm({ terms }: Query, text: string, open: boolean): void {
  const units = unitsOf(text)
  if (units.length > 0) terms.push({ units, open })
}

/** Whether anything is asked for. */
export const isEmpty = ({ terms, from, in: rooms, has, pinned, after, before }: Query): boolean =>
  terms.length + from.length + rooms.length + has.length === 0 && !pinned && after === null && before === null
