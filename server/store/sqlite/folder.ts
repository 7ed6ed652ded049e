import { accessSync, closeSync, constants, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { reasonOf, type Database } from '../sql/database.ts'
import { isBusy, openDatabase } from './database.ts'

/** What of a data folder is SQLite's. Everything else in it is beside the database and can be told from it by its name. */
export const databaseIn = (dir: string): string => path.join(dir, 'natter.db')

/** Makes the data folder if there is none; then nobody else of this machine may look into it. */
export function makeFolder(dir: string): void {
  try {
    const first = mkdirSync(dir, { recursive: true, mode: 0o700 })
    accessSync(dir, constants.W_OK)
    makeNameDurable(dir, first)
  } catch (error) {
    throw new Error(`${dir} cannot be a data folder: it is not one that can be made and written.`, { cause: error })
  }
}

class InUse extends Error {}

/**
 * What is in a folder that loses its name when the power goes is lost with it, however well it was written. `first` is the
 * uppermost folder that was made just now; at other starts the name of the last one is seen to again, it costs one fsync.
 */
function makeNameDurable(dir: string, first = dir): void {
  // Windows does not open folders, and keeps names by itself.
  if (process.platform === 'win32') return
  const top = path.dirname(path.resolve(first))
  for (let folder = path.dirname(path.resolve(dir)); ; folder = path.dirname(folder)) {
    try {
      sync(folder)
    } catch (error) {
      // One that Natter may not open was made by somebody else, and its names with it.
      if (!isForbidden(error)) throw error
    }
    if (folder === top || folder === path.dirname(folder)) return
  }
}

const isForbidden = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')

/** Held by the operating system for as long as the process lives: kill -9 frees it, a second server does not get it. */
export function lock(dir: string): () => void {
  const file = path.join(dir, 'natter.lock')
  let held: Database | undefined
  try {
    held = openDatabase(file, { wait: 0 })
    held.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    held?.close()
    if (isBusy(error)) throw new InUse(`Another Natter is already using ${dir}.`, { cause: error })
    const reason = reasonOf(error)
    throw new Error(
      `${file} cannot be locked (${reason}). Nothing is kept in it: see that it is an ordinary file that Natter may write, or remove it.`,
      { cause: error },
    )
  }
  const { close } = held
  return close
}

/** While nobody uses it, nobody else should begin to. */
export function lockUnlessInUse(dir: string): (() => void) | null {
  try {
    return lock(dir)
  } catch (error) {
    if (error instanceof InUse) return null
    throw error
  }
}

/** What has this name is on disk when the power goes, as it is now. */
export function makeFileDurable(file: string): void {
  sync(file)
  // Windows does not open folders, and keeps names by itself.
  if (process.platform !== 'win32') sync(path.dirname(file))
}

function sync(file: string): void {
  const descriptor = openSync(file, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** The old text or the new one, whenever the power goes; never half of it. */
export function replaceText(file: string, text: string): void {
  const next = `${file}.new`
  writeFileSync(next, text, { flush: true, mode: 0o600 })
  renameSync(next, file)
  makeFileDurable(file)
}
