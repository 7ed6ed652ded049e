import { Refusal } from '../../../protocol/errors.ts'
import { UNDO_MS } from '../../../protocol/limits.ts'
import type { Purge } from '../../../protocol/moderation.ts'
import type { Moderation } from '../moderation.ts'
import { audit } from './audit.ts'
import type { Database, Row } from './database.ts'
import type { Tombstones } from './messageOperations.ts'
import { purgesWhere } from './purgeReads.ts'
import { newId } from './ids.ts'

import { asideOf, eraseWithdrawnBy, forget } from './withdrawn.ts'

/** One piece holds up others for tens of milliseconds: so many positions are looked at, so many messages changed. */
const LOOKED_AT = 2_000
const CHANGED = 20

/** Many messages in one act, piece by piece, and back. */
export function createPurgeOperations(database: Database, messages: Tombstones) {
  function purgeOf(id: string): Purge {
    const [purge] = purgesWhere(database, 'id = ?', id)
    if (!purge) throw new Refusal('not_found', 'No such deletion.')
    return purge
  }

  function deletePiece({ id, personId, by }: Purge): void {
    const room = database.get('SELECT room_id, below FROM purge_rooms WHERE purge_id = ? LIMIT 1', id)
    if (!room) return enter(id, 'deleted')
    const [roomId, below] = [String(room['room_id']), Number(room['below'])]
    const from = Math.max(0, below - LOOKED_AT)
    const { since } = database.get('SELECT since FROM purges WHERE id = ?', id) ?? {}
    const found = database.all(
      `SELECT * FROM messages WHERE room_id = ? AND seq >= ? AND seq < ? AND author_id = ? AND deleted = 0 AND sent_at >= ?
       ORDER BY seq DESC LIMIT ${CHANGED}`,
      roomId,
      from,
      below,
      personId,
      Number(since),
    )
    for (const row of found) setAside(id, row, by)
    count(id, found.length)
    const next = found.length === CHANGED ? Number(found.at(-1)?.['seq']) : from
    const isOver = next <= 1 || (found.length < CHANGED && isOlder(roomId, from, below, Number(since)))
    if (isOver) database.run('DELETE FROM purge_rooms WHERE purge_id = ? AND room_id = ?', id, roomId)
    else database.run('UPDATE purge_rooms SET below = ? WHERE purge_id = ? AND room_id = ?', next, id, roomId)
    if (!database.get('SELECT 1 FROM purge_rooms WHERE purge_id = ?', id)) enter(id, 'deleted')
  }

  /** Whether nothing of what was looked at is as new as what is looked for, so that nothing before it is. */
  const isOlder = (roomId: string, from: number, below: number, since: number): boolean =>
    Number(
      database.get(
        'SELECT max(sent_at) AS at FROM messages WHERE room_id = ? AND seq >= ? AND seq < ?',
        roomId,
        from,
        below,
      )?.['at'] ?? 0,
    ) < since

  function setAside(id: string, row: Row, by: string): void {
    const [roomId, seq] = [String(row['room_id']), Number(row['seq'])]
    messages.leaveTombstone(row, String(row['author_id']) !== by)
    database.run(
      `INSERT INTO purged (room_id, seq, purge_id, body, edited_at, sent_hash, mentions, reply_to, thread, concerns, reactions, forwarded, poll, preview, pinned_by, pinned_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      roomId,
      seq,
      id,
      String(row['body']),
      row['edited_at'] ?? null,
      row['sent_hash'] ?? null,
      String(row['mentions']),
      row['reply_to'] ?? null,
      row['thread'] ?? null,
      String(row['concerns']),
      String(row['reactions']),
      String(row['forwarded']),
      String(row['poll']),
      String(row['preview']),
      row['pinned_by'] ?? null,
      row['pinned_at'] ?? null,
    )
  }

  function restorePiece({ id }: Purge): void {
    const found = database.all(
      `DELETE FROM purged WHERE (room_id, seq) IN (SELECT room_id, seq FROM purged WHERE purge_id = ? LIMIT ${CHANGED})
       RETURNING *`,
      id,
    )
    for (const row of found) messages.putBack(asideOf(row))
    count(id, found.length)
    if (found.length < CHANGED) enter(id, 'restored')
  }

  const count = (id: string, n: number) => database.run('UPDATE purges SET done = done + ? WHERE id = ?', n, id)
  const enter = (id: string, state: Purge['state']) =>
    database.run('UPDATE purges SET state = ? WHERE id = ?', state, id)

  function step(id: string): Purge {
    const purge = purgeOf(id)
    if (purge.state === 'deleting') deletePiece(purge)
    if (purge.state === 'restoring') restorePiece(purge)
    return purgeOf(id)
  }

  return {
    'moderation.purge'({ personId, by, since, roomId }: Parameters<Moderation['purge']>[0]): Purge {
      const id = newId()
      database.run(
        `INSERT INTO purges (id, person_id, made_by, room_id, at, since, done, state) VALUES (?, ?, ?, ?, ?, ?, 0, 'deleting')`,
        id,
        personId,
        by,
        roomId,
        Date.now(),
        since,
      )
      database.run(
        `INSERT INTO purge_rooms (purge_id, room_id, below) SELECT ?1, id, seq + 1 FROM rooms r WHERE seq > 0 AND (
           id = ?3 OR (CAST(?3 AS text) IS NULL AND (kind = 'public' OR (kind = 'private' AND EXISTS (
             SELECT 1 FROM members WHERE room_id = r.id AND person_id = ?2 AND present = 1)))))`,
        id,
        by,
        roomId,
      )
      eraseWithdrawnBy(database, personId, id)
      audit(database, { action: 'moderation:purge', by, personId, roomId, details: { since, purge: id } })
      return step(id)
    },

    'moderation.step': step,

    'moderation.undo'(id: string, by: string): Purge {
      const purge = purgeOf(id)
      if (purge.state === 'restoring' || purge.state === 'restored') return purge
      if (purge.undoUntil <= Date.now()) throw new Refusal('not_found', 'It is too late to put these messages back.')
      database.run('DELETE FROM purge_rooms WHERE purge_id = ?', id)
      database.run(`UPDATE purges SET state = 'restoring', done = 0 WHERE id = ?`, id)
      const { personId, roomId } = purge
      audit(database, { action: 'moderation:undo', by, personId, roomId, details: { purge: id } })
      return step(id)
    },
  }
}

/** So many texts at most are erased at a time, because nobody can write meanwhile. */
const ERASED = 5_000

/** What nobody can put back any more is erased, and so is what has ended by itself. Returns whether texts were. */
export function eraseExpired(database: Database, now = Date.now()): boolean {
  database.run('DELETE FROM mutes WHERE until <= ?', now)
  database.run('DELETE FROM shut_addresses WHERE until <= ?', now)
  const erased = database.all(
    `DELETE FROM purged WHERE (room_id, seq) IN (SELECT room_id, seq FROM purged WHERE purge_id IN (
       SELECT id FROM purges WHERE at <= ? AND state = 'deleted') LIMIT ${ERASED}) RETURNING room_id, seq`,
    now - UNDO_MS,
  )
  return forget(database, erased)
}
