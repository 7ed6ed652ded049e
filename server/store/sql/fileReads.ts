import type { MessageFile } from '../../../protocol/files.ts'
import type { Files, KeptFile } from '../files.ts'
import type { Database, Row } from './database.ts'

type FileReads = Pick<Files, 'get' | 'known' | 'lost'>

/** Only what there is, as it stands in a message. */
const toFile = (row: Row): MessageFile => ({
  id: String(row['id']),
  name: String(row['name']),
  type: String(row['type']),
  size: Number(row['size']),
  ...(row['width'] !== null && { width: Number(row['width']), height: Number(row['height']) }),
  ...(row['blur'] !== null && { blur: String(row['blur']) }),
  ...(row['moves'] === 1 && { moves: true }),
  ...(row['alt'] !== '' && { alt: String(row['alt']) }),
})

const toKept = (row: Row): KeptFile => ({
  file: toFile(row),
  bytes: String(row['bytes']),
  roomId: String(row['room_id']),
  uploaderId: String(row['uploader_id']),
  isReady: row['ready'] === 1,
  seq: row['seq'] === null ? null : Number(row['seq']),
  isGone: row['seq'] !== null && row['deleted'] !== 0,
})

export function keptFile(database: Database, id: string): KeptFile | null {
  const row = database.get(
    `SELECT f.*, m.deleted FROM files f LEFT JOIN messages m ON m.room_id = f.room_id AND m.seq = f.seq
     WHERE f.id = ?`,
    id,
  )
  return row ? toKept(row) : null
}

/** As the message keeps them beside its text, so that a page of messages is read from one table; empty if there are none. */
export function filesIn(database: Database, roomId: string, seq: number): string {
  const rows = database.all('SELECT * FROM files WHERE room_id = ? AND seq = ? ORDER BY place', roomId, seq)
  return rows.length === 0 ? '' : JSON.stringify(rows.map(toFile))
}

export const filesOf = (row: Row): MessageFile[] | undefined =>
  row['files'] ? (JSON.parse(String(row['files'])) as MessageFile[]) : undefined

export function createFileReads(database: Database): FileReads {
  return {
    get: async (id) => keptFile(database, id),
    known: async (ids) => ids.filter((id) => database.get('SELECT 1 FROM files WHERE bytes = ?', id) !== undefined),
    lost: async (limit) => database.all('SELECT id FROM lost_files LIMIT ?', limit).map(({ id }) => String(id)),
  }
}
