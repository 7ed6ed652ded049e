import { Refusal } from '../../../protocol/errors.ts'
import { reasonOf, type Database } from '../sql/database.ts'
import { isDamage, isStorageTrouble, openDatabase } from './database.ts'

type Hearers = { onTrouble: (error: unknown) => void; onDamage: (reason: string) => void }

/**
 * The connection that reads, on the main thread. It waits for nobody: a lock that is in the way, like a disk or a page that
 * cannot be read, is refused to whoever asked, who may ask again.
 */
export function openReader(file: string, { onTrouble, onDamage }: Hearers): Database {
  const database = openDatabase(file, { readOnly: true, wait: 0 })
  let told = ''

  function trying<T>(read: () => T): T {
    try {
      return read()
    } catch (error) {
      if (!isStorageTrouble(error)) throw error
      if (isDamage(error)) onDamage(reasonOf(error))
      else if (told !== reasonOf(error)) onTrouble(error)
      told = reasonOf(error)
      throw new Refusal('storage_unavailable', 'This cannot be read just now. Try again.')
    }
  }

  return {
    ...database,
    exec: (sql) => trying(() => database.exec(sql)),
    run: (sql, ...values) => trying(() => database.run(sql, ...values)),
    get: (sql, ...values) => trying(() => database.get(sql, ...values)),
    all: (sql, ...values) => trying(() => database.all(sql, ...values)),
    upTo: (isEnough, limit, sql, ...values) => trying(() => database.upTo(isEnough, limit, sql, ...values)),
  }
}
