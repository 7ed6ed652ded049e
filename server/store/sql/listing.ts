import { folded, type Row } from './database.ts'

/** Lists in pages, by name or by time: which rows begin with what is asked for, and where a page goes on. */

/** The page after the one that ended at `after`: one row more than asked for tells whether there is another. */
export function cut<T>(rows: Row[], limit: number, item: (row: Row) => T): { items: T[]; next: string | null } {
  const last = rows[limit - 1]
  const next = rows.length > limit && last ? JSON.stringify([last['name'], last['id']]) : null
  return { items: rows.slice(0, limit).map(item), next }
}

/** What comes before any word, and the beginning of the word that is asked for. */
export const beginningOf = (query: string) => ` ${folded(query.trim())}`

/** SQLite's own function knows ASCII only, which is enough for a query in ASCII, and takes a tenth of the time. */
export const capitalsFor = (query: string) => (/^\p{ASCII}*$/u.test(query) ? 'upper' : 'folded')

/** A cursor of a list by name, as `next` gave it; anything else begins at the beginning. */
export function position(after: string | undefined): [string, string] {
  try {
    const [name, id]: unknown[] = JSON.parse(after ?? '[]')
    return typeof name === 'string' && typeof id === 'string' ? [name, id] : ['', '']
  } catch {
    return ['', '']
  }
}

/** A cursor of a list by time; for anything else no time, which is the beginning. */
export function timeAndId(after = ''): [at: number | null, id: string] {
  const [, at, id] = /^(\d+) (\S+)$/.exec(after) ?? []
  return id === undefined ? [null, ''] : [Number(at), id]
}
