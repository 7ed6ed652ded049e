import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, linkSync, lstatSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const checkout = path.join(import.meta.dirname, '..', '..')

/** What is installed is only read, so hard links will do; where they cannot be made, it is copied. */
function linked(from: string, to: string): boolean {
  if (!lstatSync(from).isFile()) return false
  try {
    linkSync(from, to)
    return true
  } catch {
    return false
  }
}

/** A copy of the project in a folder of its own, installed and built as far as the checkout is. Returns the folder. */
export function copyProject(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'natter-copy-'))
  const named = execFileSync('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: checkout, encoding: 'utf8' })
  const files = named.split('\0').filter((file) => file && existsSync(path.join(checkout, file)))
  // By these times npm start sees whether it has to install or to build.
  const options = { recursive: true, preserveTimestamps: true, verbatimSymlinks: true }
  for (const file of [...files, 'dist']) cpSync(path.join(checkout, file), path.join(copy, file), options)
  cpSync(path.join(checkout, 'node_modules'), path.join(copy, 'node_modules'), {
    ...options,
    filter: (from, to) => !/node_modules[\\/]\.vite/.test(from) && !linked(from, to),
  })
  return copy
}
