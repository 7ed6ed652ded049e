import path from 'node:path'
import { backUp } from '../server/store/sqlite/backup.ts'
import { bucketOf } from '../server/uploads/where.ts'
import { command } from './command.ts'

/** `npm run backup <file>`: a copy of everything that Natter remembers, also while it is running. */
await command('Say where to: npm run backup <file>', (dir, file, config) => {
  const to = path.resolve(file)
  const files = backUp(dir, to)
  const beside = files > 0 ? ` The files that people sent are in ${to}.files: keep both together.` : ''
  const bucket = bucketOf(config)?.bucket
  const elsewhere = bucket ? ` The files in the bucket ${bucket} are not in it.` : ''
  return `${to} has everything that ${dir} has.${beside}${elsewhere}`
})
