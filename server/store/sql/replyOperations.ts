import { Refusal } from '../../../protocol/errors.ts'
import { THREAD_PEOPLE } from '../../../protocol/limits.ts'
import type { Message } from '../../../protocol/messages.ts'
import type { Database, Row } from './database.ts'
import type { Changes } from './gathering.ts'
import { isIn, toMessage } from './queries.ts'

/** Among so many of the newest replies at most it is looked who wrote them. */
const LOOKED_AT = 100

/** What is asked of a message that answers another, and kept of it. */
export type Answering = { replyTo: number | null; thread: number | null; concerns: string }

const nothing: Answering = { replyTo: null, thread: null, concerns: '' }

/** Threads: where a reply stands, whom it concerns, and what the first message of its thread says of it. */
export function createReplies(database: Database, changes: Changes, nextRev: (roomId: string) => number) {
  /** Who wrote the newest replies, the last of them first, each once. */
  function writersIn(roomId: string, thread: number): string[] {
    const rows = database.all(
      'SELECT author_id FROM messages WHERE room_id = ? AND thread = ? ORDER BY seq DESC LIMIT ?',
      roomId,
      thread,
      LOOKED_AT,
    )
    return [...new Set(rows.map((row) => String(row['author_id'])))]
  }

  /** An answer to an answer stands in the same thread. */
  function answering(roomId: string, authorId: string, replyTo: number | undefined): Answering {
    if (replyTo === undefined) return nothing
    const at = (seq: number): Row | undefined =>
      database.get('SELECT * FROM messages WHERE room_id = ? AND seq = ?', roomId, seq)
    const parent = at(replyTo)
    if (!parent) throw new Refusal('not_found', 'The message that this answers is not there.')
    const thread = Number(parent['thread'] ?? replyTo)
    const first = thread === replyTo ? parent : at(thread)
    const writers = [parent, first].flatMap((row) => (row?.['deleted'] === 0 ? String(row['author_id']) : []))
    const concerns = [...new Set([...writers, ...writersIn(roomId, thread)])]
      .filter((id) => id !== authorId && isIn(database, roomId, id))
      .slice(0, THREAD_PEOPLE)
    return { replyTo, thread, concerns: concerns.join(' ') }
  }

  /** As the first message of a thread says it, of so many replies. */
  function repliesOf(roomId: string, thread: number, count = countIn(roomId, thread)): string {
    if (count === 0) return ''
    const newest = database.get(
      'SELECT seq FROM messages WHERE room_id = ? AND thread = ? ORDER BY seq DESC LIMIT 1',
      roomId,
      thread,
    )
    const by = writersIn(roomId, thread).slice(0, 3)
    return JSON.stringify({ count, lastSeq: Number(newest?.['seq']), by } satisfies Message['replies'])
  }

  const countIn = (roomId: string, thread: number): number =>
    Number(database.get('SELECT count(*) AS n FROM messages WHERE room_id = ? AND thread = ?', roomId, thread)?.['n'])

  /**
   * Lets the first message of this thread say that there are so many more. A deleted one says nothing; else the number is the one
   * before, because counting takes longer the longer a thread is.
   */
  function tellFirst(roomId: string, thread: Row[string] | null, more: 1 | -1): void {
    if (thread == null) return
    const known = database.get(
      'SELECT replies FROM messages WHERE room_id = ? AND seq = ? AND deleted = 0',
      roomId,
      thread,
    )
    if (!known) return
    const { count } = JSON.parse(String(known['replies']) || '{"count":0}') as { count: number }
    const row = database.get(
      'UPDATE messages SET replies = ?, rev = ? WHERE room_id = ? AND seq = ? RETURNING *',
      repliesOf(roomId, Number(thread), count + more),
      nextRev(roomId),
      roomId,
      thread,
    )
    if (row) changes.inRoom(roomId, { type: 'message:changed', message: toMessage(row) })
  }

  return { answering, repliesOf, tellFirst }
}
