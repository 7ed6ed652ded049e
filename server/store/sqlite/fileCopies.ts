import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** The bytes of files, in a data folder and beside a backup. What has not arrived whole is not among them. */
export const fileFolderOf = (dir: string): string => path.join(dir, 'files')
export const filesBeside = (backup: string): string => `${backup}.files`

const namesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []))
    : []

/**
 * Of these files what is there; all that there are, if none are named. Files never change: one that goes meanwhile belongs to a
 * message that was deleted meanwhile. Returns how many there are.
 */
export function copyFiles(from: string, to: string, ids?: ReadonlySet<string>): number {
  const names = namesIn(from).filter((name) => !ids || ids.has(name.replace(/\..*$/, '')))
  if (names.length > 0) mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const name of names) copyFile(path.join(from, name), path.join(to, name))
  return names.length
}

function copyFile(from: string, to: string): void {
  try {
    // On the same disk it needs no room of its own.
    linkSync(from, to)
  } catch {
    if (!existsSync(to) && existsSync(from)) copyFileSync(from, to)
  }
}
