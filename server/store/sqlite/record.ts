import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import type { Database } from '../sql/database.ts'
import { replaceText } from './folder.ts'
import { metaOf, peopleRevOf } from '../sql/queries.ts'

/**
 * What this folder has had, in a small file beside the database. A database that is another file, of another log, or behind
 * it, was brought back from a backup: what clients remember of it may never have happened there.
 */
type Record = {
  logId: string
  /** Every change adds one, and nothing subtracts. */
  changes: number
  /** Which file it is on its disk, and when that was made, where the disk knows: a copy is another one. */
  file: string
  born: string
  knowsBirth: boolean
}

const recordOf = (file: string): string => `${file}.seen`

export const hasRecord = (file: string): boolean => existsSync(recordOf(file))

function stateOf(database: Database, file: string): Record {
  const rooms = database.get('SELECT total(rev) AS revs FROM rooms')
  const { ino, birthtimeNs, ctimeNs } = statSync(file, { bigint: true })
  return {
    logId: String(metaOf(database, 'log_id')),
    changes: peopleRevOf(database) + Number(rooms?.['revs']),
    file: String(ino),
    born: String(birthtimeNs),
    // A disk that does not know when says instead when it was changed.
    knowsBirth: birthtimeNs !== ctimeNs && birthtimeNs !== 0n,
  }
}

/** Null as well for one that is none: then the database counts as brought back, and clients start over once. */
function readRecord(file: string): Record | null {
  try {
    const { logId, changes, file: one, born, knowsBirth } = JSON.parse(readFileSync(recordOf(file), 'utf8'))
    return {
      logId: String(logId),
      changes: Number(changes),
      file: String(one),
      born: String(born),
      knowsBirth: Boolean(knowsBirth),
    }
  } catch {
    return null
  }
}

/**
 * Writes down what the folder has by now. Only what is on disk: after kill -9, or when the power went, the database is never
 * behind it.
 */
export function keepRecord(database: Database, file: string): void {
  const [before, now] = [readRecord(file), stateOf(database, file)]
  if (JSON.stringify(before) !== JSON.stringify(now)) replaceText(recordOf(file), JSON.stringify(now))
  // From now on a database without its record is one that was put into another folder.
  if (metaOf(database, 'recorded') === undefined) database.run(`INSERT INTO meta VALUES ('recorded', 1)`)
}

/** Whether the database is not what this folder had when it was last used. */
export function isBroughtBack(database: Database, file: string): boolean {
  const before = readRecord(file)
  if (!before) return metaOf(database, 'recorded') !== undefined
  const now = stateOf(database, file)
  // The number of a file that was removed is given to the next one.
  const isAnother = now.file !== before.file || (before.knowsBirth && now.born !== before.born)
  return isAnother || now.logId !== before.logId || now.changes < before.changes
}

/** For a database that was told so already: it has no past here. */
export function forgetRecord(database: Database): void {
  database.run(`DELETE FROM meta WHERE key = 'recorded'`)
}

export const removeRecord = (file: string): void => rmSync(recordOf(file), { force: true })
