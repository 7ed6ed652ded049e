import type { Database } from './database.ts'

/** Nobody puts this message back any more: its files go, and soon after their bytes. */
export function filesGone(database: Database, roomId: string, seq: number): void {
  database.run('DELETE FROM files WHERE room_id = ? AND seq = ?', roomId, seq)
}

/** Of somebody who is gone: what they have not sent. */
export function unsentGone(database: Database, uploaderId: string): void {
  database.run('DELETE FROM files WHERE uploader_id = ? AND seq IS NULL', uploaderId)
}
