import type { Database, Row } from './database.ts'

/** What somebody has sent under a key. */
export const REPEATED = 'SELECT * FROM messages WHERE owner = ? AND key = ?'

/** What a message says of itself when it is sent, in the order of COLUMNS. */
export type Sent = {
  room_id: string
  seq: number
  rev: number
  author_id: string
  owner: string
  key: string
  body: string
  sent_at: number
  sent_hash: string | null
  mentions: string
  forwarded: string
  poll: string
  preview: string
  reply_to: number | null
  thread: number | null
  concerns: string
  files: string
}

const COLUMNS: readonly (keyof Sent)[] = [
  'room_id',
  'seq',
  'rev',
  'author_id',
  'owner',
  'key',
  'body',
  'sent_at',
  'sent_hash',
  'mentions',
  'forwarded',
  'poll',
  'preview',
  'reply_to',
  'thread',
  'concerns',
  'files',
]

/** And what can only come to be of it later. */
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
export function insertMessage(database: Database, sent: Sent): Row {
  database.run(
    `INSERT INTO messages (${COLUMNS.join()}, said) VALUES (${COLUMNS.map(() => '?').join()}, ${database.dialect.nextSaid})`,
    ...COLUMNS.map((column) => sent[column]),
  )
  return { ...sent, ...LATER }
}
