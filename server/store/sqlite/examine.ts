import { accessSync, constants, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { reasonOf, type Database } from '../sql/database.ts'
import { isDamage, openDatabase } from './database.ts'
import { hasRecord } from './record.ts'
import { VERSION, versionOf } from './schema.ts'

/** A database up to this size is looked through whole before the start: 0.05 s. A larger one afterwards, beside the work. */
const AT_ONCE = 32 * 1024 * 1024

const RESTORE = 'Bring your newest backup back with "npm run restore <file>".'

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/**
 * Throws an Error with one sentence for people if this is no whole database that this Natter can open, and leaves everything
 * in the folder as it was. Returns whether all pages were looked at.
 */
export function examine(file: string): { whole: boolean } {
  const [size, log] = [sizeOf(file), sizeOf(`${file}-wal`)]
  if (size === 0) {
    // SQLite would begin anew without a word, and remove the newest of what was there.
    if (log > 0 || hasRecord(file)) throw new Error(`${file} is empty or missing, and was not. ${RESTORE}`)
    return { whole: true }
  }
  const undo = log > 0 ? rememberIndex(file) : () => {}
  let database: Database | undefined
  try {
    database = openDatabase(file, { readOnly: true, untouched: log === 0 })
    mustBeReadable(database, size, log)
    if (versionOf(database) > VERSION)
      throw new Newer(`${file} was written by a newer Natter. It was left as it is: start that one.`)
    return { whole: size <= AT_ONCE }
  } catch (error) {
    database?.close()
    database = undefined
    undo()
    if (error instanceof Newer) throw error
    if (error instanceof Damaged || isDamage(error))
      throw new Error(`${file} is damaged and was left as it is. ${RESTORE}`, { cause: error })
    throw new Error(`${file} cannot be read (${reasonOf(error)}) and was left as it is.`, { cause: error })
  } finally {
    database?.close()
  }
}

/** SQLite opens one that it may only read as if nothing were amiss, until the first message. */
export function mustBeWritable(file: string): void {
  try {
    if (existsSync(file)) accessSync(file, constants.W_OK)
  } catch (error) {
    throw new Error(`${file} may only be read by the user who starts Natter.`, { cause: error })
  }
}

class Newer extends Error {}
class Damaged extends Error {}

function mustBeReadable(database: Database, size: number, log: number): void {
  database.get('SELECT count(*) FROM sqlite_schema')
  if (isCutOff(database, size, log)) throw new Damaged('The end of the last page is missing.')
  const found = size <= AT_ONCE ? lookThrough(database) : null
  if (found !== null) throw new Damaged(found)
}

/** SQLite itself counts a page that has only begun. What is still in the write-ahead log need not be in the file yet. */
function isCutOff(database: Database, size: number, log: number): boolean {
  const [pages, bytes] = [database.get('PRAGMA page_count'), database.get('PRAGMA page_size')]
  return log === 0 && size < Number(pages?.['page_count']) * Number(bytes?.['page_size'])
}

/** Whether every page fits the others: what is wrong with the first that does not, or null. A changed letter fits. */
export function lookThrough(database: Database): string | null {
  const found = String(database.get('PRAGMA quick_check(1)')?.['quick_check'])
  return found === 'ok' ? null : found
}

export const damaged = (file: string): string => `${file} is damaged. ${RESTORE}`

/** Reading beside a write-ahead log makes an index of it anew. Returns what puts back the one that was there, or none. */
function rememberIndex(file: string): () => void {
  const index = `${file}-shm`
  const before = statSync(index, { throwIfNoEntry: false }) ? readFileSync(index) : null
  return () => {
    if (before) writeFileSync(index, before)
    else rmSync(index, { force: true })
  }
}
