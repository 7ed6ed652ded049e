import { createHash } from 'node:crypto'
import type { Picture } from '../profiles.ts'
import type { Database } from './database.ts'
import { leaveTraces } from './traces.ts'

/** Says which picture it is, in 132 bits, and so short that a thousand people may be told of theirs at once. */
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url').slice(0, 22)

/** Returns the hash by which it is found. */
export function keepPicture(database: Database, { type, bytes }: Picture): string {
  const hash = hashOf(bytes)
  database.run('INSERT INTO pictures (hash, type, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', hash, type, bytes)
  return hash
}

const isHad = (database: Database, hash: string): boolean =>
  database.get('SELECT 1 FROM people WHERE picture = ?', hash) !== undefined ||
  database.get('SELECT 1 FROM emoji WHERE ? IN (picture, still)', hash) !== undefined

/** For one that somebody does not have any more: without anybody who has it, and no emoji that shows it, it goes. */
export function releasePicture(database: Database, hash: string | undefined): void {
  if (hash === undefined || isHad(database, hash)) return
  leaveTraces(database)
  database.run('DELETE FROM pictures WHERE hash = ?', hash)
}
