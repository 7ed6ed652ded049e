import { readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Database } from './database.ts'
import { makeFileDurable } from './folder.ts'

/** What was deleted since is still in a copy that was made before. Milliseconds: 30 days. */
const KEPT_FOR = 30 * 24 * 60 * 60 * 1000

/** Where the database is kept as it was before something happened to it. */
export const copyBefore = (file: string, what: string): string => `${file}.before-${what}`

/** A whole, consistent copy, durable when this returns, also of a database in which somebody writes meanwhile. */
export function copyDatabase(database: Database, to: string): void {
  const unfinished = `${to}.unfinished`
  rmSync(unfinished, { force: true })
  try {
    writeFileSync(unfinished, '', { mode: 0o600 })
    database.run('VACUUM INTO ?', unfinished)
    makeFileDurable(unfinished)
    renameSync(unfinished, to)
    makeFileDurable(to)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}

/** Removes what was kept as it was before something, 30 days after. Returns their names. */
export function removeOldCopies(file: string, now = Date.now()): string[] {
  const dir = path.dirname(file)
  const old = readdirSync(dir).filter(
    (name) => name.startsWith(copyBefore(path.basename(file), '')) && now - madeAt(path.join(dir, name)) > KEPT_FOR,
  )
  for (const name of old) rmSync(path.join(dir, name), { force: true })
  return old
}

const madeAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity
