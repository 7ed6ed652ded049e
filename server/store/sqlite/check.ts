import { reasonOf } from '../sql/database.ts'
import { isDamage, openDatabase } from './database.ts'
import { lookThrough } from './examine.ts'

/** The process that looks a large database through. Ends with 0 when it is whole, with 2 and a line when it is not. */
try {
  const found = lookThrough(openDatabase(process.argv[2] ?? '', { readOnly: true }))
  if (found !== null) fail(found)
} catch (error) {
  if (!isDamage(error)) throw error
  fail(reasonOf(error))
}

function fail(found: string): void {
  console.log(found)
  process.exitCode = 2
}
