import type { Database, Row } from './database.ts'

/** What somebody has sent under a key. */
export const REPEATED = 'SELECT * FROM messages WHERE owner = ? AND key = ?'

/** What can only come to be of a message later. */
const LATER = {
  pinned_by: null,
  pinned_at: null,
  replies: '',
  reactions: '',
  edited_at: null,
  deleted: 0,
  moderated: 0,
}

/** Returns the row as it is now: what was written is known, and to read it back takes as long as to write it. */
export function insertMessage(database: Database, sent: Row): Row {
  const columns = Object.keys(sent)
  database.run(
    `INSERT INTO messages (${columns.join()}, said) VALUES (${columns.map(() => '?').join()}, ${database.dialect.nextSaid})`,
    ...Object.values(sent),
  )
  return { ...sent, ...LATER }
}
