import { existsSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { copyBefore, copyDatabase } from './copies.ts'
import { openDatabase, reasonOf, type Database } from './database.ts'
import { examine } from './examine.ts'
import { databaseIn, InUse, lock, makeFileDurable, makeFolder } from './folder.ts'
import { beginNewLog, forgetRecord, removeRecord } from './record.ts'

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** Reads without leaving anything beside it, where there is no log that belongs to it. */
const openSource = (file: string): Database =>
  openDatabase(file, { readOnly: true, untouched: sizeOf(`${file}-wal`) === 0 })

/**
 * Puts a copy of the database into a new file, whole and of one moment, also while a server is writing in it. Throws an Error
 * with one sentence for people.
 */
export function backUp(dir: string, to: string): void {
  const file = databaseIn(dir)
  if (sizeOf(file) === 0) throw new Error(`There is nothing in ${dir} to back up.`)
  if (existsSync(to)) throw new Error(`${to} exists already: name a new file.`)
  const unlock = lockUnlessInUse(dir)
  let source: Database | undefined
  try {
    source = unlock ? openSource(file) : openDatabase(file, { readOnly: true })
    copyDatabase(source, to)
  } catch (error) {
    throw new Error(`${file} could not be copied to ${to}: ${reasonOf(error)}.`, { cause: error })
  } finally {
    source?.close()
    unlock?.()
  }
}

/** While nobody uses it, nobody else should begin to. */
function lockUnlessInUse(dir: string): (() => void) | null {
  try {
    return lock(dir)
  } catch (error) {
    if (error instanceof InUse) return null
    throw error
  }
}

/**
 * Puts a backup in the place of the database, which is kept beside it for a while. Clients drop what they remember and start
 * over. Throws an Error with one sentence for people; then everything is as it was. Returns where the database is that was
 * there before, if there was one.
 */
export function restore(dir: string, from: string): string | null {
  if (sizeOf(from) === 0) throw new Error(`There is no backup at ${from}.`)
  makeFolder(dir)
  const unlock = lock(dir)
  try {
    const file = databaseIn(dir)
    if (existsSync(file) && path.relative(file, from) === '') throw new Error(`${from} is in its place already.`)
    examine(from)
    const next = `${file}.restored`
    prepare(from, next)
    const kept = sizeOf(file) > 0 ? putAside(file) : null
    renameSync(next, file)
    makeFileDurable(file)
    removeRecord(file)
    return kept
  } finally {
    unlock()
  }
}

function prepare(from: string, next: string): void {
  let [source, copy]: (Database | undefined)[] = []
  try {
    source = openSource(from)
    copyDatabase(source, next)
    copy = openDatabase(next)
    beginNewLog(copy)
    forgetRecord(copy)
  } catch (error) {
    throw new Error(`${from} could not be copied to ${next}: ${reasonOf(error)}.`, { cause: error })
  } finally {
    source?.close()
    copy?.close()
  }
}

/** Together with what is only in its log. The log of one database would destroy another. */
function putAside(file: string): string {
  const kept = copyBefore(file, 'restore')
  for (const part of ['-wal', '']) {
    rmSync(`${kept}${part}`, { force: true })
    if (!existsSync(`${file}${part}`)) continue
    renameSync(`${file}${part}`, `${kept}${part}`)
    utimesSync(`${kept}${part}`, new Date(), new Date())
  }
  rmSync(`${file}-shm`, { force: true })
  return kept
}
