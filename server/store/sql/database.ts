/** What of a database the operations and the reads need, which are written once for all of them. */

export type Value = string | number | null | Uint8Array
export type Row = Record<string, string | number | null>

/** Where databases are of two minds. */
export type Dialect = {
  /** How a transaction begins that writes, and one that sees the data of one moment. */
  begin: string
  beginReading: string
  /** An expression: the number of the next message of all rooms; see said.ts. */
  nextSaid: string
  /** Whether what was deleted is somewhere in the files until they are tidied up: see traces.ts. */
  keepsTraces: boolean
  /** A query for what has no number among all messages yet: see said.ts. */
  unnumbered: string
  /** What counts goes on from what was copied in. */
  afterCopying: readonly string[]
  /** Whether there is a table of this name. */
  hasTable: string
  /** Whether something failed because of the disk or the way there, and not because of a mistake of ours. */
  isTrouble: (error: unknown) => boolean
  /** Whether two were in each other's way, and one of them has only to begin again. */
  isCollision: (error: unknown) => boolean
  /** Whether what the database has inside is none, or one that contradicts itself. */
  isDamage: (error: unknown) => boolean
}

/** One connection. Every call returns when it is done; parameters are `?`, or `?1` where one stands twice. */
export type Database = {
  dialect: Dialect
  exec: (sql: string) => void
  run: (sql: string, ...values: Value[]) => void
  get: (sql: string, ...values: Value[]) => Row | undefined
  all: (sql: string, ...values: Value[]) => Row[]
  /** So many rows at most, portion by portion, each of which is asked whether that is enough: what comes after is not read. */
  upTo: (isEnough: (rows: Row[]) => boolean, limit: number, sql: string, ...values: Value[]) => Row[]
  /** Row by row, for as long as somebody asks for the next. */
  each: (sql: string, ...values: Value[]) => Iterable<Row>
  /** How many rows were ever written through it. */
  written: () => number
  inTransaction: () => boolean
  close: () => void
}

/** All of it or nothing. */
export function inOneTransaction<T>(database: Database, task: () => T): T {
  database.exec(database.dialect.begin)
  try {
    const result = task()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // Some troubles undo it by themselves.
    if (database.inTransaction()) database.exec('ROLLBACK')
    throw error
  }
}

/**
 * A text as it is searched: a database's own LIKE knows the case of ASCII letters only. In capitals, because small letters are
 * written differently at the end of a Greek word.
 */
export const folded = (text: string): string => text.normalize('NFKC').toUpperCase()

/** Hears of what is worth a line in the log: a constant sentence, and facts. */
export type Tell = (sentence: string, facts: Record<string, unknown>) => void

/** What went wrong, as the end of a sentence. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
