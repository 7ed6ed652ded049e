import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { MessageFile } from '../../../protocol/files.ts'
import type { LinkPreview, Poll } from '../../../protocol/messages.ts'
import { searchedText } from '../../../protocol/searched.ts'
import { folded, type Database, type Dialect, type Row } from '../sql/database.ts'

export type Opening = {
  readOnly?: boolean
  /** Nothing is written beside it either; only for a file that nobody changes meanwhile and that has no write-ahead log. */
  untouched?: boolean
  /** Instead of PATIENCE. The thread stands still meanwhile. */
  wait?: number
}

/** Fixed a corruption of WAL databases under concurrent checkpoints. */
const OLDEST = [3, 51, 3]

/** Ordinary rows cost half as much together as one by one; of the longest messages this is two pages' worth. */
const PORTION = 32

/**
 * What was written is brought from the log into the file after so many pages of 4 kB: messages in many rooms change several pages each,
 * and most of them again and again. SQLite's own 1,000 are four commits on a busy day.
 */
const CHECKPOINT = 4_000

/** How long somebody else's lock is waited for. Milliseconds. */
export const PATIENCE = 1_000

export function openDatabase(
  file: string,
  { readOnly = false, untouched = false, wait = PATIENCE }: Opening = {},
): Database {
  const where = untouched ? new URL(`${pathToFileURL(file).href}?immutable=1`) : file
  const sqlite = new DatabaseSync(where, { readOnly: readOnly || untouched, timeout: wait })
  sqlite.function('folded', { deterministic: true }, (text) => folded(String(text)))
  // Databases that are brought to this version ask without a preview until they are.
  sqlite.function('searched_text', { deterministic: true, varargs: true }, (body, poll, files, preview = '') =>
    searchedText({
      body: String(body),
      ...(poll !== '' && { poll: JSON.parse(String(poll)) as Poll }),
      ...(files !== '' && { files: JSON.parse(String(files)) as MessageFile[] }),
      ...(preview !== '' && { preview: JSON.parse(String(preview)) as LinkPreview }),
    }),
  )
  const statements = new Map<string, StatementSync>()
  const prepare = (sql: string) => {
    const known = statements.get(sql)
    if (known) return known
    const statement = sqlite.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  return {
    dialect,
    exec: (sql) => sqlite.exec(sql),
    run: (sql, ...values) => void prepare(sql).run(...values),
    get: (sql, ...values) => prepare(sql).get(...values) as Row | undefined,
    all: (sql, ...values) => prepare(sql).all(...values) as Row[],
    upTo(isEnough, limit, sql, ...values) {
      const rows: Row[] = []
      while (rows.length < limit) {
        const portion = Math.min(PORTION, limit - rows.length)
        const next = prepare(`${sql} LIMIT ? OFFSET ?`).all(...values, portion, rows.length) as Row[]
        rows.push(...next)
        if (next.length < portion || isEnough(next)) break
      }
      return rows
    },
    each: (sql, ...values) => prepare(sql).iterate(...values) as Iterable<Row>,
    written: () => Number(prepare('SELECT total_changes() AS n').get()?.['n']),
    inTransaction: () => sqlite.isTransaction,
    close: () => sqlite.close(),
  }
}

/**
 * Makes every commit wait for the disk, and proves that the setting took. Returns what was asserted, in words.
 * WAL and FULL: one fsync per commit, nothing acknowledged is lost when the power goes. https://sqlite.org/pragma.html#pragma_synchronous
 */
export function makeDurable(database: Database): string {
  const version = String(database.get('SELECT sqlite_version() AS version')?.['version'])
  const parts = version.split('.').map(Number)
  const difference = OLDEST.map((least, i) => (parts[i] ?? 0) - least).find((step) => step !== 0) ?? 0
  if (difference < 0) throw new Error(`SQLite ${version} is older than ${OLDEST.join('.')}, which Natter needs.`)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
  database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT}`)
  const mode = database.get('PRAGMA journal_mode')?.['journal_mode']
  const synchronous = database.get('PRAGMA synchronous')?.['synchronous']
  if (mode !== 'wal' || synchronous !== 2)
    throw new Error(`SQLite works at ${mode}, ${synchronous}; Natter needs WAL and FULL.`)
  return `SQLite ${version}, WAL, synchronous=FULL`
}

/** https://sqlite.org/rescode.html, in the lowest byte of what node:sqlite gives; 0 for what SQLite did not throw. */
function codeOf(error: unknown): number {
  const isSqlite = error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR'
  return isSqlite && 'errcode' in error ? Number(error.errcode) & 0xff : 0
}
const [BUSY, LOCKED, CORRUPT, CONSTRAINT, NOTADB] = [5, 6, 11, 19, 26]

/** Whether something failed because of the disk or the file, and not because of a mistake of ours. */
export const isStorageTrouble = (error: unknown): boolean => ![0, CONSTRAINT].includes(codeOf(error))

/** Whether what the file has inside is no database, or one that contradicts itself. */
export const isDamage = (error: unknown): boolean => [CORRUPT, NOTADB].includes(codeOf(error))

/** Whether somebody else has it just now. */
export const isBusy = (error: unknown): boolean => [BUSY, LOCKED].includes(codeOf(error))

const dialect: Dialect = {
  begin: 'BEGIN IMMEDIATE',
  beginReading: 'BEGIN',
  // Above all that are there, and above all that the index has had.
  nextSaid: `max(coalesce((SELECT max(said) FROM messages WHERE said IS NOT NULL), 0), (SELECT value FROM meta WHERE key = 'indexed')) + 1`,
  keepsTraces: true,
  unnumbered: 'SELECT 1 FROM to_index LIMIT 1',
  // Everything is indexed anew: see indexing.ts.
  afterCopying: [`DELETE FROM meta WHERE key = 'terms'`],
  hasTable: 'SELECT 1 FROM sqlite_schema WHERE name = ?',
  isTrouble: isStorageTrouble,
  isCollision: () => false,
  isDamage,
}
