import { createHash } from 'node:crypto'
import { inOneTransaction, type Database, type Row } from './database.ts'

/** Every table that has something to keep, those first that others refer to. What an index has is made anew. */
export const KEPT = [
  'meta',
  'people',
  'rooms',
  'members',
  'sessions',
  'messages',
  'mentions',
  'versions',
  'withdrawn',
  'reacted',
  'saved',
  'reminders',
  'scheduled',
  'drafts',
  'pictures',
  'emoji',
  'files',
  'settings',
  'invites',
  'device_links',
  'accounts',
  'passkeys',
  'identities',
  'reset_links',
  'known_marks',
  'push_subscriptions',
  'mutes',
  'blocks',
  'shut_addresses',
  'reports',
  'purges',
  'purge_rooms',
  'purged',
  'audit',
  // Last: they are kept by what is done to others.
  'file_sizes',
  'lost_files',
] as const

/** What a database knows of itself only. */
const OWN = new Set(['version', 'indexed', 'terms', 'traces', 'recorded', 'probe'])

/** So many rows are on their way at a time. */
const PORTION = 200

/** How much is there, and what: two that have the same rows, in whatever order, have the same digest. */
export type Digest = { rows: number; digest: string }

const isKept = (table: string, row: Row) => table !== 'meta' || !OWN.has(String(row['key']))

/** Of `meta` one database keeps numbers, and another texts. */
const valueOf = (table: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : table === 'meta' ? String(value) : value

function createDigest() {
  const sum = Buffer.alloc(32)
  let rows = 0
  return {
    add(table: string, row: Row): void {
      const cells = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))
      const text = JSON.stringify([table, cells.map(([name, value]) => [name, valueOf(table, value)])])
      for (const [i, byte] of createHash('sha256').update(text).digest().entries()) sum[i] = (sum[i] ?? 0) ^ byte
      rows++
    },
    result: (): Digest => ({ rows, digest: sum.toString('hex') }),
  }
}

/** Inside a transaction. */
function* rowsOf(database: Database): Generator<[table: string, row: Row]> {
  for (const table of KEPT)
    for (const row of database.each(`SELECT * FROM ${table}`)) if (isKept(table, row)) yield [table, row]
}

function digestOfAll(database: Database): Digest {
  const digest = createDigest()
  for (const [table, row] of rowsOf(database)) digest.add(table, row)
  return digest.result()
}

/** Does something with the data of one moment. */
function atOnce<T>(database: Database, task: () => T): T {
  database.run(database.dialect.beginReading)
  try {
    return task()
  } finally {
    if (database.inTransaction()) database.run('COMMIT')
  }
}

/** Of everything that a database keeps, at one moment. */
export const digestOf = (database: Database): Digest => atOnce(database, () => digestOfAll(database))

/**
 * Copies everything that `from` has at one moment into `to`, whose tables are there and in which nobody has come in yet, and looks
 * whether the same is there then; all of it or nothing. `tell` hears how many rows are copied, and `empty` takes away first what is
 * there. Returns what was copied. Throws an Error with one sentence for people.
 */
export function copyAll(
  from: Database,
  to: Database,
  tell: (rows: number) => void = () => {},
  empty: (to: Database) => void = mustBeUnused,
): Digest {
  if (from.get(from.dialect.unnumbered))
    throw new Error('Start Natter once more, and stop it when its log says that everything can be searched.')
  return atOnce(from, () =>
    inOneTransaction(to, () => {
      empty(to)
      const digest = createDigest()
      for (const table of KEPT.toReversed())
        to.exec(`DELETE FROM ${table}${table === 'meta' ? ` WHERE key NOT IN (${own})` : ''}`)
      let sent = 0
      let last = ''
      for (const [table, row] of rowsOf(from)) {
        // What those before it have made by themselves.
        if (table !== last && (table === 'file_sizes' || table === 'lost_files')) to.exec(`DELETE FROM ${table}`)
        last = table
        digest.add(table, row)
        insert(to, table, row)
        if (++sent % PORTION === 0) {
          to.get('SELECT 1')
          tell(sent)
        }
      }
      for (const statement of to.dialect.afterCopying) to.exec(statement)
      const [copied, found] = [digest.result(), digestOfAll(to)]
      if (found.rows !== copied.rows || found.digest !== copied.digest)
        throw new Error(`Of ${copied.rows} rows ${found.rows} came, or others: nothing was copied.`)
      return copied
    }),
  )
}

function mustBeUnused(database: Database): void {
  if (database.get('SELECT 1 FROM people LIMIT 1'))
    throw new Error('People are there already: name one that nobody has used.')
}

const own = [...OWN].map((key) => `'${key}'`).join(', ')

function insert(database: Database, table: string, row: Row): void {
  const names = Object.keys(row)
  database.run(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    ...Object.values(row),
  )
}
