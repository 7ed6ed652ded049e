import { inOneTransaction, type Database } from '../sql/database.ts'
import { furnish } from '../sql/furnish.ts'
import { newId } from '../sql/ids.ts'
import { metaOf } from '../sql/queries.ts'
import { keepHistory } from './history.ts'
import { LOCKS } from './locks.ts'
import { MIGRATIONS } from './schema.ts'

const versionOf = (database: Database): number =>
  database.get(`SELECT to_regclass('meta') IS NOT NULL AS found`)?.['found'] === 1
    ? Number(metaOf(database, 'version') ?? 0)
    : 0

/** In words for /readyz. Throws an Error with one sentence for people where a commit would not be on the disk. */
export function assertDurable(database: Database): string {
  const row = database.get(
    `SELECT current_setting('server_version') AS version, current_setting('synchronous_commit') AS synchronous,
       current_setting('fsync') AS fsync, current_setting('server_encoding') AS encoding`,
  )
  const version = String(row?.['version']).split(' ')[0]
  if (Number.parseInt(version ?? '') < 15)
    throw new Error(`PostgreSQL ${version} is older than 15, which Natter needs.`)
  if (row?.['encoding'] !== 'UTF8') throw new Error(`The database is in ${row?.['encoding']}; Natter needs UTF8.`)
  if (row?.['synchronous'] !== 'on')
    throw new Error(`PostgreSQL works at synchronous_commit=${row?.['synchronous']}; Natter needs on.`)
  return `PostgreSQL ${version}, synchronous_commit=on, fsync=${row?.['fsync']}`
}

/**
 * Brings the database to this version of Natter, all at once or not at all, and gives it its first room; one node does, and the
 * others wait for it. Throws an Error with one sentence for people, also where a newer Natter has written in it.
 */
export function migrate(database: Database, defaultRoom: string): void {
  inOneTransaction(database, () => {
    // A large table may take its time, and the others wait for it.
    database.exec('SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0')
    database.get(`SELECT pg_advisory_xact_lock(${LOCKS.migrating})`)
    const [version, wanted] = [versionOf(database), MIGRATIONS.length]
    if (version > wanted)
      throw new Error(`The database was written by a newer Natter (version ${version}; this one knows ${wanted}).`)
    if (version < wanted) {
      database.exec(MIGRATIONS.slice(version).join('\n'))
      database.run(
        `INSERT INTO meta VALUES ('version', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
        String(wanted),
      )
    }
    if (metaOf(database, 'log_id') === undefined) {
      furnish(database, defaultRoom)
      database.run(`INSERT INTO file_sizes VALUES ('', 0)`)
      database.run(`INSERT INTO meta VALUES ('place_id', ?)`, newId())
    }
    keepHistory(database)
  })
}
