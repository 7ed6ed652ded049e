import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { Client, types, type CustomTypesConfig } from 'pg'

/**
 * The thread that speaks with PostgreSQL for all others of this process: theirs run the operations and reads of store/sql/, which
 * go on only with an answer. Each has a line, and behind each line is a connection, made when it is first needed and again after
 * it broke.
 */

/** Sent together; the answer is of the last, or of the first that failed. */
export type Statement = { sql: string; values: unknown[] }
/**
 * `goesOn`: in a transaction that was begun before, and is nowhere but on the connection that it was begun on. `drop`: whoever asked
 * has given up, and nobody knows how far the last question came.
 */
export type Question = { id: number; statements: Statement[]; goesOn: boolean } | { id: number; drop: true }
/** `ended`: the connection is no more, and what it held has gone with it. */
export type Failure = { code: string | null; message: string; ended: boolean }
export type Answer = { id: number } & ({ rows: Record<string, never>[]; written: number } | { failure: Failure })
/** `signal` is 1 as soon as there is an answer at the other end of `port`. */
export type Line = { port: MessagePort; signal: Int32Array }
export type DriverData = { url: string }

/** Until a server that does not answer counts as away. Milliseconds. */
const CONNECT = 3_000
/**
 * A transaction that is left open, or a statement that takes so long, is ended by PostgreSQL: others may wait for what it holds. A
 * cursor of a search for a rare word is read to its end, for which looking through all messages in their order is the wrong way.
 * To compile a statement, or to begin other processes for it, takes longer than any of ours does.
 */
const SETTINGS = `SET synchronous_commit = on; SET idle_in_transaction_session_timeout = 5000; SET statement_timeout = 10000;
  SET lock_timeout = 3000; SET cursor_tuple_fraction = 1; SET jit = off; SET max_parallel_workers_per_gather = 0`

const WRITING = new Set(['INSERT', 'UPDATE', 'DELETE'])

const [BOOL, INT8, NUMERIC] = [16, 20, 1700]
const parsers = new Map<number, (text: string) => unknown>([
  [BOOL, (text) => (text === 't' ? 1 : 0)],
  [INT8, Number],
  [NUMERIC, Number],
])
const asInSqlite: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ??
    (format === 'binary'
      ? types.getTypeParser(oid, format)
      : types.getTypeParser(oid))) as CustomTypesConfig['getTypeParser'],
}

const { url } = workerData as DriverData
parentPort?.on('message', serve)

/** To be told of each new line. */
function serve({ port, signal }: Line): void {
  let client: Promise<Client> | null = null
  let newest: Client | null = null
  const names = new Map<string, string>()

  async function connect(): Promise<Client> {
    const made = new Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT,
      keepAlive: true,
      application_name: 'natter',
      types: asInSqlite,
      pipeline: true,
    })
    // One that was dropped may break much later: that says nothing of the one after it.
    made.on('error', () => newest === made && drop())
    newest = made
    try {
      await made.connect()
      await made.query(SETTINGS)
    } catch (error) {
      made.end().catch(() => {})
      throw error
    }
    return made
  }

  /** The one there is, or another; where that could not be had, the next question tries again. */
  async function connected(): Promise<Client> {
    const one = (client ??= connect())
    one.catch(() => client === one && drop())
    return one
  }

  function drop(): void {
    const last = client
    client = null
    last?.then((made) => made.end()).catch(() => {})
  }

  function nameOf(sql: string): string {
    const name = names.get(sql) ?? `s${names.size}`
    names.set(sql, name)
    return name
  }

  function send(made: Client, { sql, values }: Statement) {
    const isPrepared = values.length > 0 || /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/.test(sql)
    return made.query<Record<string, never>>(
      isPrepared ? { name: nameOf(sql), text: sql, values: values.map(withoutNul) } : sql,
    )
  }

  async function ask({ id, statements, goesOn }: Extract<Question, { statements: Statement[] }>): Promise<Answer> {
    try {
      if (goesOn && !client) throw new Error('The connection was lost in the middle of a transaction')
      const made = await connected()
      const ends = await Promise.allSettled(statements.map((statement) => send(made, statement)))
      let written = 0
      for (const end of ends) {
        if (end.status === 'rejected') throw end.reason
        if (WRITING.has(end.value.command)) written += end.value.rowCount ?? 0
      }
      const last = ends.at(-1)
      return { id, rows: last?.status === 'fulfilled' ? last.value.rows : [], written }
    } catch (error) {
      const failure = failureOf(error)
      if (failure.ended) drop()
      return { id, failure }
    }
  }

  port.on('message', (question: Question) => {
    if ('drop' in question) return drop()
    void ask(question).then((answer) => {
      port.postMessage(answer)
      Atomics.store(signal, 0, 1)
      Atomics.notify(signal, 0)
    })
  })
  port.on('close', drop)
}

/** PostgreSQL keeps no NUL, and so has nothing that is called by one: it is asked for what nobody says instead. */
const withoutNul = (value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value)

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: null, message: String(error), ended: true }
  const isTold = 'code' in error && 'severity' in error
  const code = isTold ? String(error.code) : null
  // Where several addresses were tried, the reasons are inside.
  const reasons = error instanceof AggregateError ? error.errors.map(String).join('; ') : error.message
  return { code, message: reasons, ended: !isTold || error.severity === 'FATAL' }
}
