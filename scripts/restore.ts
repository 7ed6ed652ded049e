import path from 'node:path'
import { whereOf } from '../server/store/open.ts'
import { restoreDatabase } from '../server/store/postgres/backup.ts'
import { restore } from '../server/store/sqlite/backup.ts'
import { bucketOf } from '../server/uploads/where.ts'
import { command } from './command.ts'

/** `npm run restore <file>`: brings back what `npm run backup` has saved. Natter must not be running. */
await command('Say from where: npm run restore <file>', async (dir, file, config) => {
  const from = path.resolve(file)
  const { DATABASE_URL: url } = config
  if (url !== undefined) await restoreDatabase(url, dir, from)
  const kept = url === undefined ? restore(dir, from) : null
  const before = kept === null ? '' : ` What was there before is ${kept}; Natter removes it after 30 days.`
  const bucket = bucketOf(config)?.bucket
  const elsewhere = bucket
    ? ` The files in the bucket ${bucket} are as they were: those that Natter does not know of now are removed when it starts.`
    : ''
  return `${whereOf(config, dir)} has what ${from} has.${before}${elsewhere}`
})
