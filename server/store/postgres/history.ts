import type { Database } from '../sql/database.ts'
import { beginNewLog } from '../sql/furnish.ts'

/**
 * Which cluster it is, and on which timeline, of which there is another after each recovery to an earlier moment and each promotion.
 * Empty where that is told to nobody, as by some who run PostgreSQL for others.
 */
function clusterOf(database: Database): string {
  database.exec('SAVEPOINT cluster')
  try {
    const row = database.get(
      `SELECT (SELECT system_identifier FROM pg_control_system()) || ' ' ||
         substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) AS cluster`,
    )
    return String(row?.['cluster'])
  } catch (error) {
    if (database.dialect.isTrouble(error)) throw error
    database.exec('ROLLBACK TO SAVEPOINT cluster')
    return ''
  }
}

/** Which history a database goes on with: of which cluster, and as which database and table, which are others when a dump is brought back. */
function historyOf(database: Database): string {
  const row = database.get(
    `SELECT oid || ' ' || 'meta'::regclass::oid AS place FROM pg_database WHERE datname = current_database()`,
  )
  return `${clusterOf(database)} ${row?.['place']}`
}

/**
 * In a transaction. Begins a new log where this is another history than before: something may be missing that clients have seen, so they
 * start over. After a standby that had everything that is without need, and costs each page one reading.
 */
export function keepHistory(database: Database): void {
  const now = historyOf(database)
  const before = database.get('SELECT told FROM history')?.['told']
  if (before === now) return
  database.run('DELETE FROM history')
  database.run('INSERT INTO history (told) VALUES (?)', now)
  if (before !== undefined) beginNewLog(database)
}
