import { PUT_BACK_GRACE_MS, PUT_BACK_MS } from '../../../protocol/limits.ts'
import type { Poll, Reaction } from '../../../protocol/messages.ts'
import type { Database, Row } from './database.ts'
import { mentionsOf, pollOf, reactionsOf } from './queries.ts'
import type { Pinned } from './pinOperations.ts'
import type { Answering } from './replyOperations.ts'
import { leaveTraces } from './traces.ts'
import { filesGone } from './filesGone.ts'
import { forgetVersions } from './versionOperations.ts'

/** For whoever was late as well. Milliseconds. */
export const KEPT_FOR = PUT_BACK_MS + PUT_BACK_GRACE_MS

/** Of a message that is deleted: what of it can be put back, and whom it mentioned. */
export type SetAside = Answering & {
  roomId: string
  seq: number
  body: string
  editedAt: Row[string]
  sentHash: Row[string]
  former: readonly string[]
  reactions: readonly Reaction[]
  /** As it is stored. */
  forwarded: string
  poll: Poll | undefined
  /** As it is stored. */
  preview: string
  pinned: Pinned
}

const numberIn = (value: unknown): number | null => (value === null ? null : Number(value))

/** As it lies in `withdrawn`, and in `purged`. */
export const asideOf = (row: Row): SetAside => ({
  roomId: String(row['room_id']),
  seq: Number(row['seq']),
  body: String(row['body']),
  editedAt: row['edited_at'] ?? null,
  sentHash: row['sent_hash'] ?? null,
  former: mentionsOf(row),
  replyTo: numberIn(row['reply_to']),
  thread: numberIn(row['thread']),
  concerns: String(row['concerns']),
  reactions: reactionsOf(row),
  forwarded: String(row['forwarded']),
  poll: pollOf(row),
  preview: String(row['preview']),
  pinned: [row['pinned_by'] ?? null, row['pinned_at'] ?? null],
})

/** Keeps of a message that is about to be deleted what puts it back: for seconds, and for nobody but who deletes it. */
export function withdraw(database: Database, known: Row, by: string): void {
  database.run(
    `INSERT INTO withdrawn (room_id, seq, made_by, at, body, edited_at, sent_hash, mentions, reply_to, thread, concerns, reactions, forwarded, poll, preview, pinned_by, pinned_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    known['room_id'] ?? null,
    known['seq'] ?? null,
    by,
    Date.now(),
    known['body'] ?? null,
    known['edited_at'] ?? null,
    known['sent_hash'] ?? null,
    known['mentions'] ?? null,
    known['reply_to'] ?? null,
    known['thread'] ?? null,
    known['concerns'] ?? null,
    known['reactions'] ?? null,
    known['forwarded'] ?? null,
    known['poll'] ?? null,
    known['preview'] ?? null,
    known['pinned_by'] ?? null,
    known['pinned_at'] ?? null,
  )
}

/** When the next of them is to be erased, where each is kept so long; null if there is none. */
export function nextErasure(database: Database, keptFor: number): number | null {
  const at = database.get('SELECT min(at) AS at FROM withdrawn')?.['at']
  return at == null ? null : Number(at) + keptFor
}

/** What is kept for longer than that, or since a time that is still to come by a clock that was set back. Returns whether something was erased. */
export function eraseWithdrawn(database: Database, keptFor: number, now = Date.now()): boolean {
  const erased = database.all(
    'DELETE FROM withdrawn WHERE at <= ? OR at > ? RETURNING room_id, seq',
    now - keptFor,
    now,
  )
  return forget(database, erased)
}

/** What somebody who is cleaned up after has just deleted themselves comes back no more. */
export function eraseWithdrawnBy(database: Database, personId: string, purgeId: string): void {
  const erased = database.all(
    `DELETE FROM withdrawn WHERE made_by = ? AND room_id IN (SELECT room_id FROM purge_rooms WHERE purge_id = ?)
     RETURNING room_id, seq`,
    personId,
    purgeId,
  )
  forget(database, erased)
}

/** What was deleted comes back with many others, or by who did it, unless somebody else wants this one gone as well. */
export function eraseOne(database: Database, roomId: string, seq: number, by: string): void {
  forget(database, [
    ...database.all('DELETE FROM purged WHERE room_id = ? AND seq = ? RETURNING room_id, seq', roomId, seq),
    ...database.all(
      'DELETE FROM withdrawn WHERE room_id = ? AND seq = ? AND made_by <> ? RETURNING room_id, seq',
      roomId,
      seq,
      by,
    ),
  ])
}

/** Nobody puts these back any more: what was kept with them goes. Returns whether there were any. */
export function forget(database: Database, erased: readonly Row[]): boolean {
  if (erased.length === 0) return false
  forgetVersions(database, erased)
  // A copy is made of a database of an earlier version too, in which there are none.
  const has = (table: string) => database.get(database.dialect.hasTable, table) !== undefined
  if (has('files')) for (const { room_id, seq } of erased) filesGone(database, String(room_id), Number(seq))
  for (const table of ['saved', 'reminders'].filter(has))
    for (const { room_id, seq } of erased)
      database.run(`DELETE FROM ${table} WHERE room_id = ? AND seq = ?`, String(room_id), Number(seq))
  leaveTraces(database)
  return true
}
