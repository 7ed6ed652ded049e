import { MessageChannel, Worker } from 'node:worker_threads'
import type { Database } from '../sql/database.ts'
import { openConnection } from './connection.ts'
import type { DriverData, Line } from './driver.ts'
import { assertDurable, migrate } from './migrating.ts'

/**
 * Opens a database for a command, which has nothing else to do than to wait for it; `task` gets it at this Natter's version. Rejects
 * with an Error with one sentence for people.
 */
export async function directly<T>(url: string, task: (database: Database) => T): Promise<T> {
  const driver = new Worker(new URL('./driver.ts', import.meta.url), { workerData: { url } satisfies DriverData })
  const { port1, port2 } = new MessageChannel()
  const signal = new Int32Array(new SharedArrayBuffer(4))
  driver.postMessage({ port: port1, signal } satisfies Line, [port1])
  const database = openConnection({ port: port2, signal })
  try {
    // All that there is may take its time.
    database.exec('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0')
    assertDurable(database)
    migrate(database, 'Lobby')
    return task(database)
  } finally {
    database.close()
    await driver.terminate()
  }
}

/** Throws where a node has it open. */
export function mustBeAtRest(database: Database): void {
  const others = database.get(
    `SELECT count(*) AS n FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'natter' AND pid <> pg_backend_pid()`,
  )
  if (Number(others?.['n']) > 0) throw new Error('A Natter is running on this database: stop all of its nodes first.')
}
