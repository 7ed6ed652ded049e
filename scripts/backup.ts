import path from 'node:path'
import { backUpDatabase } from '../server/store/postgres/backup.ts'
import { backUp } from '../server/store/sqlite/backup.ts'
import { whereOf } from '../server/store/open.ts'
import { bucketOf } from '../server/uploads/where.ts'
import { command } from './command.ts'

/** `npm run backup <file>`: a copy of everything that Natter remembers, also while it is running. */
await command('Say where to: npm run backup <file>', async (dir, file, config) => {
  const to = path.resolve(file)
  const { DATABASE_URL: url } = config
  const files = url === undefined ? backUp(dir, to) : await backUpDatabase(url, dir, to)
  const beside = files > 0 ? ` The files that people sent are in ${to}.files: keep both together.` : ''
  const bucket = bucketOf(config)?.bucket
  const elsewhere = bucket ? ` The files in the bucket ${bucket} are not in it.` : ''
  return `${to} has everything that ${whereOf(config, dir)} has.${beside}${elsewhere}`
})
