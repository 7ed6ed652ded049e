import path from 'node:path'
import { readConfig } from '../server/config.ts'
import { backUp } from '../server/store/sqlite/backup.ts'

/** `npm run backup <file>`: a copy of everything that Natter remembers, also while it is running. */

process.umask(0o077)
try {
  process.loadEnvFile()
} catch {
  // No .env file: the environment and the defaults are enough.
}

try {
  const [to] = process.argv.slice(2)
  if (to === undefined) throw new Error('Say where to: npm run backup <file>')
  const dir = path.resolve(readConfig().DATA_DIR)
  backUp(dir, path.resolve(to))
  console.log(`${to} has everything that ${dir} has.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
