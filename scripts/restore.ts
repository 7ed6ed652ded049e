import path from 'node:path'
import { readConfig } from '../server/config.ts'
import { restore } from '../server/store/sqlite/backup.ts'

/** `npm run restore <file>`: brings back what `npm run backup` has saved. Natter must not be running. */

process.umask(0o077)
try {
  process.loadEnvFile()
} catch {
  // No .env file: the environment and the defaults are enough.
}

try {
  const [from] = process.argv.slice(2)
  if (from === undefined) throw new Error('Say from where: npm run restore <file>')
  const dir = path.resolve(readConfig().DATA_DIR)
  const kept = restore(dir, path.resolve(from))
  const before = kept === null ? '' : ` What was there before is ${kept}; Natter removes it after 30 days.`
  console.log(`${dir} has what ${from} has.${before}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
