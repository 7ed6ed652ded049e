import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { copyAll, KEPT } from '../sql/copying.ts'
import type { Database } from '../sql/database.ts'
import { backUp, knownTo, restore } from '../sqlite/backup.ts'
import { copyFiles, fileFolderOf, filesBeside } from '../sqlite/fileCopies.ts'
import { inFolder } from '../sqlite/inFolder.ts'
import { directly, mustBeAtRest } from './direct.ts'

/**
 * By way of a data folder, so that there is one kind of backup, whatever it is made of and brought back to. It stands in `beside`, where
 * there is room for all of it: a folder for what is passing may be small, and in memory.
 */
async function byFolder<T>(beside: string, task: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(beside, '.natter-'))
  try {
    return await task(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** As `backUp`, of a database and the files in `dir`. */
export async function backUpDatabase(url: string, dir: string, to: string): Promise<number> {
  const beside = path.dirname(to)
  if (!existsSync(beside)) throw new Error(`There is no folder ${beside}.`)
  return byFolder(beside, async (folder) => {
    await directly(url, (database) => inFolder(folder, (into) => copyAll(database, into)))
    backUp(folder, to)
    return copyFiles(fileFolderOf(dir), filesBeside(to), knownTo(to))
  })
}

/** As `restore`, into a database and the files in `dir`; what was in the database before is no more. All of it or nothing. */
export async function restoreDatabase(url: string, dir: string, from: string): Promise<void> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  await byFolder(dir, async (folder) => {
    restore(folder, from)
    await directly(url, (database) => {
      mustBeAtRest(database)
      inFolder(folder, (source) => copyAll(source, database, undefined, empty))
    })
    copyFiles(filesBeside(from), fileFolderOf(dir))
  })
}

/** Also of what is never deleted row by row. */
function empty(database: Database): void {
  const tables = KEPT.filter((table) => table !== 'meta')
  database.exec(`TRUNCATE ${[...tables, 'search', 'to_search', 'commits'].join(', ')}`)
}
