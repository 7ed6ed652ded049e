import { readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DAY } from '../../../protocol/limits.ts'
import { inOneTransaction, type Database } from '../sql/database.ts'
import { openDatabase } from './database.ts'
import { makeFileDurable } from './folder.ts'
import { createSettling } from './outdated.ts'
import { eraseWithdrawn } from '../sql/withdrawn.ts'

/** What was deleted since is still in a copy that was made before. */
const KEPT_FOR = 30 * DAY

/** Where the database is kept as it was before something happened to it. */
export const copyBefore = (file: string, what: string): string => `${file}.before-${what}`

/** A whole, consistent copy, durable when this returns, also of a database in which somebody writes meanwhile. */
export function copyDatabase(database: Database, to: string): void {
  const unfinished = `${to}.unfinished`
  rmSync(unfinished, { force: true })
  try {
    writeFileSync(unfinished, '', { mode: 0o600 })
    database.run('VACUUM INTO ?', unfinished)
    eraseWhatIsDeleted(unfinished)
    makeFileDurable(unfinished)
    renameSync(unfinished, to)
    makeFileDurable(to)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}

/** What was deleted seconds ago, and can still be put back or is still in the index, is for the server that does it: in a copy it would stay. */
function eraseWhatIsDeleted(copy: string): void {
  const database = openDatabase(copy)
  try {
    database.exec('PRAGMA secure_delete = ON')
    if (database.get(`SELECT 1 FROM sqlite_schema WHERE name = 'withdrawn'`))
      inOneTransaction(database, () => eraseWithdrawn(database, 0))
    if (database.get(`SELECT 1 FROM sqlite_schema WHERE name = 'outdated'`)) {
      const { isOver, settle } = createSettling(database)
      while (!isOver()) inOneTransaction(database, settle)
    }
  } finally {
    database.close()
  }
}

/** Removes what was kept as it was before something, 30 days after. Returns their names. */
export function removeOldCopies(file: string, now = Date.now()): string[] {
  const dir = path.dirname(file)
  const old = readdirSync(dir).filter(
    (name) => name.startsWith(copyBefore(path.basename(file), '')) && now - madeAt(path.join(dir, name)) > KEPT_FOR,
  )
  for (const name of old) rmSync(path.join(dir, name), { recursive: true, force: true })
  return old
}

const madeAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity
