import { existsSync } from 'node:fs'
import path from 'node:path'
import { directly, mustBeAtRest } from '../server/store/postgres/direct.ts'
import { copyAll } from '../server/store/sql/copying.ts'
import type { Database } from '../server/store/sql/database.ts'
import { databaseIn } from '../server/store/sqlite/folder.ts'
import { inFolder } from '../server/store/sqlite/inFolder.ts'
import { bucketOf } from '../server/uploads/where.ts'
import { command } from './command.ts'

const usage = 'Say where to: npm run move -- --to postgres://…, or --to <folder>'

function tell(rows: number): void {
  if (rows % 10_000 === 0) console.log(`${rows} rows`)
}

function copy(from: Database, to: Database): string {
  const { rows, digest } = copyAll(from, to, tell)
  return `${rows} rows, the same before and after (${digest.slice(0, 12)}).`
}

const filesStay = (dir: string, config: Parameters<typeof bucketOf>[0]): string =>
  bucketOf(config) ? '' : ` Files that people sent are in ${path.join(dir, 'files')}, as before.`

/**
 * `npm run move -- --to postgres://…` moves everything but files from the data folder into a database, and `--to <folder>` back from
 * the database of DATABASE_URL. Natter must not be running. What was moved stays where it was as well.
 */
await command(usage, async (dir, to, config) => {
  if (/^postgres(ql)?:/.test(to)) {
    if (!existsSync(databaseIn(dir))) throw new Error(`There is no Natter in ${dir}.`)
    const said = await directly(to, (database) => {
      mustBeAtRest(database)
      return inFolder(dir, (folder) => copy(folder, database))
    })
    return `${said} Start Natter with DATABASE_URL from now on.${filesStay(dir, config)}`
  }
  const { DATABASE_URL: url } = config
  if (url === undefined) throw new Error('Set DATABASE_URL, so that it is known what to move.')
  const folder = path.resolve(to)
  const said = await directly(url, (database) => {
    mustBeAtRest(database)
    return inFolder(folder, (into) => copy(database, into))
  })
  return `${said} Start Natter without DATABASE_URL, and with DATA_DIR=${folder}.${filesStay(dir, config)}`
})
