import { receiveMessageOnPort } from 'node:worker_threads'
import type { Database, Dialect, Row, Value } from '../sql/database.ts'
import type { Answer, Failure, Line, Question, Statement } from './driver.ts'
import { translate } from './translation.ts'

/** Whoever asks has an answer by then, or does without. Milliseconds. */
const PATIENCE = 12_000
/** So many rows are read at a time where somebody may stop: at first, and at most, after twice as many each time. */
const PORTION = { first: 24, most: 768 }

/** What PostgreSQL, or the way there, has refused. `code`: https://www.postgresql.org/docs/current/errcodes-appendix.html; null for the way. */
export class PostgresError extends Error {
  readonly code: string | null
  constructor({ code, message }: Failure) {
    super(message)
    this.code = code
  }
}

/** Connection, resources, other people's locks, a server that ends or only reads, and what is wrong inside it. */
const TROUBLE = /^(08|25006|25P03|40|53|55P03|57|58|F0|XX)/
const DAMAGE = /^XX00[12]/

const codeOf = (error: unknown) => (error instanceof PostgresError ? (error.code ?? '08') : '')

export const dialect: Dialect = {
  begin: 'BEGIN',
  beginReading: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  nextSaid: `nextval('said_numbers')`,
  keepsTraces: false,
  unnumbered: 'SELECT 1 FROM messages WHERE said IS NULL LIMIT 1',
  afterCopying: [
    `SELECT setval('said_numbers', greatest((SELECT max(said) FROM messages), (SELECT last_value FROM said_numbers)))`,
    `SELECT setval(pg_get_serial_sequence('audit', 'id'), coalesce((SELECT max(id) FROM audit), 1))`,
  ],
  hasTable: 'SELECT 1 FROM pg_class WHERE relname = ?',
  isTrouble: (error) => TROUBLE.test(codeOf(error)),
  isCollision: (error) => /^40(001|P01)/.test(codeOf(error)),
  isDamage: (error) => DAMAGE.test(codeOf(error)),
}

export type Connection = Database & {
  /** What a `get` that comes will be answered with, the first time: it was asked for together with others of this transaction. */
  remember: (sql: string, values: readonly Value[], row: Row | undefined) => void
}

/** A connection for a thread that has nothing else to do than what it asks: it stands still until PostgreSQL has answered. */
export function openConnection({ port, signal }: Line): Connection {
  let count = 0
  let open = false
  /** Whether PostgreSQL has been asked to begin the open transaction. */
  let begun = false
  /** Those that are open. */
  const cursors = new Set<string>()
  let written = 0
  /** Of an open transaction, what goes with the next question: nobody waits for it, and what is wrong with it is told then. */
  let unsent: Statement[] = []
  const remembered = new Map<string, Row | undefined>()

  function receive(id: number): Answer | null {
    for (;;) {
      if (Atomics.wait(signal, 0, 0, PATIENCE) === 'timed-out') return null
      Atomics.store(signal, 0, 0)
      for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
        const answer: Answer = next.message
        // Of a question that nobody waits for any more.
        if (answer.id === id) return answer
      }
    }
  }

  const nameOf = (sql: string, values: readonly Value[]) => JSON.stringify([sql, values])

  function get(sql: string, ...values: Value[]): Row | undefined {
    const name = remembered.size > 0 ? nameOf(sql, values) : ''
    if (!remembered.has(name)) return all(sql, ...values)[0]
    const row = remembered.get(name)
    remembered.delete(name)
    return row
  }

  function ask(sql: string, values: readonly Value[]): { rows: Row[] } {
    const id = ++count
    const statements = [...unsent, { sql, values: [...values] }]
    port.postMessage({ id, statements, goesOn: open && begun } satisfies Question)
    begun = open
    unsent = []
    const answer = receive(id)
    if (answer && 'rows' in answer) {
      written += answer.written
      return answer
    }
    if (!answer) port.postMessage({ id, drop: true } satisfies Question)
    const failure = answer?.failure ?? { code: null, message: 'PostgreSQL does not answer', ended: true }
    if (failure.ended) open = false
    throw new PostgresError(failure)
  }

  /** What nobody has sent yet need not be undone. Returns whether that was all there was to undo. */
  function forgetUnsent(sql: string): boolean {
    const from = sql === 'ROLLBACK' ? 'BEGIN' : 'SAVEPOINT'
    const at = unsent.findLastIndex((statement) => statement.sql.startsWith(from))
    unsent = unsent.slice(0, Math.max(0, at))
    return at >= 0
  }

  /** The same names again and again: PostgreSQL and the driver keep what they know of each statement that has values. */
  function freeCursor(): string {
    for (let n = 1; ; n++) if (!cursors.has(`cursor_${n}`)) return `cursor_${n}`
  }

  function exec(sql: string): void {
    if (/^(BEGIN|ROLLBACK)/.test(sql)) remembered.clear()
    if (sql.startsWith('BEGIN')) begun = false
    if (/^(BEGIN|SAVEPOINT)\b/.test(sql)) {
      unsent.push({ sql, values: [] })
      open = true
    } else if (!sql.startsWith('ROLLBACK') || !forgetUnsent(sql)) ask(sql, [])
    if (/^(COMMIT|ROLLBACK)$/.test(sql)) open = false
  }

  const all = (sql: string, ...values: Value[]) => ask(translate(sql), values).rows

  function run(sql: string, ...values: Value[]): void {
    if (values.length === 0) exec(sql)
    else if (open) unsent.push({ sql: translate(sql), values })
    else all(sql, ...values)
  }

  return {
    dialect,
    exec,
    run,
    get,
    remember: (sql, values, row) => void remembered.set(nameOf(sql, values), row),
    all,
    upTo: (_, limit, sql, ...values) => all(`${sql} LIMIT ?`, ...values, limit),
    *each(sql, ...values) {
      const cursor = freeCursor()
      cursors.add(cursor)
      unsent.push({ sql: `DECLARE ${cursor} NO SCROLL CURSOR FOR ${translate(sql)}`, values })
      try {
        for (let portion = PORTION.first; ; portion = Math.min(PORTION.most, 2 * portion)) {
          const { rows } = ask(`FETCH ${portion} FROM ${cursor}`, [])
          yield* rows
          if (rows.length < portion) break
        }
      } finally {
        cursors.delete(cursor)
        if (open) unsent.push({ sql: `CLOSE ${cursor}`, values: [] })
      }
    },
    written: () => written + unsent.filter((statement) => /^\s*(INSERT|UPDATE|DELETE)\b/.test(statement.sql)).length,
    inTransaction: () => open,
    close: () => port.close(),
  }
}
