import { copyBefore, copyDatabase } from './copies.ts'
import { inOneTransaction, reasonOf, type Database, type Tell } from '../sql/database.ts'
import { furnish } from '../sql/furnish.ts'
import { MIGRATIONS } from './migrations.ts'

/** The version that this Natter writes. */
export const VERSION = MIGRATIONS.length

export const versionOf = (database: Database): number => Number(database.get('PRAGMA user_version')?.['user_version'])

export type Migrating = {
  defaultRoom: string
  /** Hears of the copy that is made before anything is changed. */
  tell: Tell
  /** What there is to do, from the first version on. */
  migrations?: readonly string[]
}

/**
 * Brings the database to this version of Natter, all at once or not at all, and gives it its first room. What somebody has
 * written in is copied first. Throws an Error with one sentence for people when it could not be done.
 */
export function migrate(
  database: Database,
  file: string,
  { defaultRoom, tell, migrations = MIGRATIONS }: Migrating,
): void {
  const [version, wanted] = [versionOf(database), migrations.length]
  if (version < wanted) {
    const copy = version > 0 ? copyFirst(database, file, wanted, tell) : null
    try {
      inOneTransaction(database, () =>
        database.exec(`${migrations.slice(version).join('\n')} PRAGMA user_version = ${wanted}`),
      )
    } catch (error) {
      const kept = copy === null ? '' : ` A copy is ${copy}.`
      throw new Error(
        `${file} could not be brought from version ${version} to ${wanted} (${reasonOf(error)}) and is as it was.${kept}`,
        { cause: error },
      )
    }
  }
  if (!database.get(`SELECT 1 FROM meta WHERE key = 'log_id'`))
    inOneTransaction(database, () => furnish(database, defaultRoom))
}

function copyFirst(database: Database, file: string, version: number, tell: Tell): string {
  const copy = copyBefore(file, `v${version}`)
  try {
    copyDatabase(database, copy)
  } catch (error) {
    throw new Error(
      `${file} must be copied before it is brought to version ${version}, and could not be (${reasonOf(error)}). It is as it was.`,
      { cause: error },
    )
  }
  tell('database copied before it is brought to a new version', { copy, version })
  return copy
}
