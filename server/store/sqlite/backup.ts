import { existsSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { copyBefore, copyDatabase } from './copies.ts'
import { reasonOf, type Database } from '../sql/database.ts'
import { beginNewLog } from '../sql/furnish.ts'
import { openDatabase } from './database.ts'
import { copyFiles, filesBeside, fileFolderOf } from './fileCopies.ts'
import { examine } from './examine.ts'
import { databaseIn, lock, lockUnlessInUse, makeFileDurable, makeFolder } from './folder.ts'
import { forgetRecord, removeRecord } from './record.ts'

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** Reads without leaving anything beside it, where there is no log that belongs to it. */
const openSource = (file: string): Database =>
  openDatabase(file, { readOnly: true, untouched: sizeOf(`${file}-wal`) === 0 })

/**
 * Puts a copy of the database into a new file, whole and of one moment, also while a server is writing in it; and the files that
 * people sent into a folder beside it. Throws an Error with one sentence for people. Returns how many files there are.
 */
export function backUp(dir: string, to: string): number {
  const file = databaseIn(dir)
  if (sizeOf(file) === 0) throw new Error(`There is nothing in ${dir} to back up.`)
  for (const one of [to, filesBeside(to)])
    if (existsSync(one)) throw new Error(`${one} exists already: name a new file.`)
  const unlock = lockUnlessInUse(dir)
  let source: Database | undefined
  try {
    source = unlock ? openSource(file) : openDatabase(file, { readOnly: true })
    copyDatabase(source, to)
    // After it: what it knows of is there by now, and of what was deleted nothing is taken along.
    return copyFiles(fileFolderOf(dir), filesBeside(to), knownTo(to))
  } catch (error) {
    // Half of a backup looks like one.
    for (const half of [to, filesBeside(to)]) rmSync(half, { recursive: true, force: true })
    throw new Error(`${file} could not be copied to ${to}: ${reasonOf(error)}.`, { cause: error })
  } finally {
    source?.close()
    unlock?.()
  }
}

/** The files of which this copy knows. */
export function knownTo(copy: string): Set<string> {
  const database = openDatabase(copy, { readOnly: true })
  try {
    // A copy of an earlier version has none.
    if (!database.get(`SELECT 1 FROM sqlite_schema WHERE name = 'files'`)) return new Set()
    return new Set(database.all('SELECT * FROM files WHERE ready = 1').map(({ id, bytes }) => String(bytes ?? id)))
  } finally {
    database.close()
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
    const [files, ready] = [fileFolderOf(dir), `${fileFolderOf(dir)}.restored`]
    const kept = copyBefore(file, 'restore')
    const isFirst = sizeOf(file) === 0
    const aside: Move[] = [
      [`${file}-wal`, `${kept}-wal`],
      [file, kept],
      [files, filesBeside(kept)],
    ]
    try {
      prepare(from, next)
      rmSync(ready, { recursive: true, force: true })
      copyFiles(filesBeside(from), ready)
      // What was kept the time before; the log of one database would destroy another.
      for (const old of [`${kept}-wal`, filesBeside(kept)]) rmSync(old, { recursive: true, force: true })
      moveAll([...aside.slice(isFirst ? 2 : 0), [ready, files], [next, file]])
    } catch (error) {
      for (const half of [next, ready]) rmSync(half, { recursive: true, force: true })
      throw new Error(`${from} could not be brought back: ${reasonOf(error)}. Everything is as it was.`, {
        cause: error,
      })
    }
    rmSync(`${file}-shm`, { force: true })
    // For how long they are kept begins now.
    for (const [, to] of aside) if (existsSync(to)) utimesSync(to, new Date(), new Date())
    makeFileDurable(file)
    removeRecord(file)
    return isFirst ? null : kept
  } finally {
    unlock()
  }
}

function prepare(from: string, next: string): void {
  const source = openSource(from)
  try {
    copyDatabase(source, next)
  } finally {
    source.close()
  }
  const copy = openDatabase(next)
  try {
    beginNewLog(copy)
    forgetRecord(copy)
  } finally {
    copy.close()
  }
}

type Move = readonly [from: string, to: string]

/** All that are there; where one cannot be moved, those before it are moved back. */
function moveAll(moves: readonly Move[]): void {
  const done: Move[] = []
  try {
    for (const [from, to] of moves) {
      if (!existsSync(from)) continue
      renameSync(from, to)
      done.push([from, to])
    }
  } catch (error) {
    for (const [from, to] of done.reverse()) renameSync(to, from)
    throw error
  }
}
