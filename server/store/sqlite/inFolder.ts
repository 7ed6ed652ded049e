import type { Database } from '../sql/database.ts'
import { makeDurable, openDatabase } from './database.ts'
import { examine } from './examine.ts'
import { databaseIn, lock, makeFolder } from './folder.ts'
import { migrate } from './schema.ts'

/**
 * Opens the database of a data folder for a command; `task` gets it at this Natter's version. Made if there is none. Throws an Error
 * with one sentence for people, also where a server uses the folder.
 */
export function inFolder<T>(dir: string, task: (database: Database) => T): T {
  makeFolder(dir)
  const unlock = lock(dir)
  try {
    const file = databaseIn(dir)
    examine(file)
    const database = openDatabase(file)
    try {
      makeDurable(database)
      migrate(database, file, { defaultRoom: 'Lobby', tell: (sentence, facts) => console.log(sentence, facts) })
      const result = task(database)
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      return result
    } finally {
      database.close()
    }
  } finally {
    unlock()
  }
}
