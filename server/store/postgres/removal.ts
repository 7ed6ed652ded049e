import type { Database } from '../sql/database.ts'

/** So many rows go in one transaction. */
const PIECE = 500

/**
 * Every table that says of which room its rows are; messages last: others refer to them. What was done by those who look after
 * the place is kept.
 */
const tablesOf = (database: Database): string[] =>
  database
    .all(
      `SELECT table_name AS name FROM information_schema.columns
       WHERE table_schema = current_schema() AND column_name = 'room_id' AND table_name <> 'audit'
       ORDER BY table_name = 'messages', table_name`,
    )
    .map(({ name }) => String(name))

/** Takes rows of a deleted room away. Returns whether there may be others. */
export function removePiece(database: Database): boolean {
  const room = database.get(`SELECT id FROM rooms WHERE kind = 'deleted' LIMIT 1`)
  if (!room) return false
  const roomId = String(room['id'])
  const removed = tablesOf(database).some(
    (name) =>
      database.all(
        `DELETE FROM ${name} WHERE ctid IN (SELECT ctid FROM ${name} WHERE room_id = ? LIMIT ${PIECE}) RETURNING 1`,
        roomId,
      ).length > 0,
  )
  if (!removed) database.run('DELETE FROM rooms WHERE id = ?', roomId)
  return true
}
