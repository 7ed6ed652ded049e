import { VERSIONS } from '../../../protocol/limits.ts'
import type { Database, Row } from './database.ts'

/** To be called before this message gets another text: the one that it has is kept, of too many the oldest is not. */
export function keepVersion(database: Database, known: Row): void {
  const [roomId, seq] = [String(known['room_id']), Number(known['seq'])]
  database.run(
    'INSERT INTO versions (room_id, seq, rev, body, written_at) VALUES (?, ?, ?, ?, ?)',
    roomId,
    seq,
    Number(known['rev']),
    String(known['body']),
    known['edited_at'] ?? known['sent_at'] ?? 0,
  )
  // The newest of all is the one that the message itself has.
  database.run(
    `DELETE FROM versions WHERE room_id = ?1 AND seq = ?2 AND rev <=
       (SELECT rev FROM versions WHERE room_id = ?1 AND seq = ?2 ORDER BY rev DESC LIMIT 1 OFFSET ${VERSIONS - 1})`,
    roomId,
    seq,
  )
}

/** To be called where what these messages said can be put back no more. */
export function forgetVersions(database: Database, messages: readonly Row[]): void {
  for (const { room_id: roomId = null, seq = null } of messages)
    database.run('DELETE FROM versions WHERE room_id = ? AND seq = ?', roomId, seq)
}
