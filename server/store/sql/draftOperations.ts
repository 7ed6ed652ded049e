import { Refusal } from '../../../protocol/errors.ts'
import { DRAFTS } from '../../../protocol/limits.ts'
import { plainOf } from '../../../protocol/mentions.ts'
import type { Message } from '../../../protocol/messages.ts'
import type { Drafts } from '../drafts.ts'
import { hereOf, mustBeIn } from './authority.ts'
import type { Database } from './database.ts'
import type { Changes } from './gathering.ts'
import { leaveTraces } from './traces.ts'

/** As it was typed: links to rooms by their names, whatever the case of the names. No sign looks behind the next one of its kind. */
const asTyped = (text: string) =>
  text
    .replace(/\[(#[^[\]\n]{1,200})\]\(\/r\/[\w-]{1,32}\)/g, '$1')
    .trim()
    .toLowerCase()

/** What people are writing. */
export function createDraftOperations(database: Database, changes: Changes) {
  /** Revisions of this person's drafts go on rising, also after the newest of them is gone. */
  function nextRev(personId: string): number {
    const row = database.get(
      'UPDATE people SET drafts_rev = drafts_rev + 1 WHERE id = ? RETURNING drafts_rev AS rev',
      personId,
    )
    return Number(row?.['rev'])
  }

  function mustBeFew(personId: string): void {
    const { n } = database.get('SELECT count(*) AS n FROM drafts WHERE person_id = ?', personId) ?? {}
    if (Number(n) >= DRAFTS)
      throw new Refusal('forbidden', `You are writing in ${DRAFTS} places already: that is as many as there can be.`)
  }

  const nameOf = (id: string) => database.get('SELECT name FROM people WHERE id = ?', id)?.['name']?.toString()

  return {
    /** What was sent is no draft any more, on no device: also where the one that it was sent from is no more. */
    over({ roomId, authorId: personId, thread = 0, body }: Message): void {
      const where = 'room_id = ? AND thread = ? AND person_id = ?'
      for (const place of new Set([0, thread])) {
        const row = database.get(`SELECT text FROM drafts WHERE ${where}`, roomId, place, personId)
        if (!row || asTyped(String(row['text'])) !== asTyped(plainOf(body, nameOf))) continue
        leaveTraces(database)
        database.run(`DELETE FROM drafts WHERE ${where}`, roomId, place, personId)
        const draft = { roomId, ...(place > 0 && { thread: place }), text: '', rev: nextRev(personId) }
        changes.alone({ personId, event: 'draft:changed', payload: draft })
      }
    },

    /** Of whoever leaves a room. */
    forget(roomId: string, personId: string): void {
      if (database.all('DELETE FROM drafts WHERE room_id = ? AND person_id = ? RETURNING 1', roomId, personId).length)
        leaveTraces(database)
    },

    'drafts.set'({ personId, roomId, thread = 0, text, replyTo = null }: DraftOf): { rev: number } {
      hereOf(database, personId)
      mustBeIn(database, roomId, personId)
      const where = [roomId, thread, personId] as const
      const before = database.get('SELECT * FROM drafts WHERE room_id = ? AND thread = ? AND person_id = ?', ...where)
      if (before ? before['text'] === text && before['reply_to'] === replyTo : text === '')
        return { rev: Number(before?.['rev'] ?? 0) }
      const rev = nextRev(personId)
      if (text === '') {
        leaveTraces(database)
        database.run('DELETE FROM drafts WHERE room_id = ? AND thread = ? AND person_id = ?', ...where)
        return { rev }
      }
      if (!before) mustBeFew(personId)
      database.run(
        `INSERT INTO drafts (room_id, thread, person_id, text, reply_to, rev) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (room_id, thread, person_id) DO UPDATE SET text = excluded.text, reply_to = excluded.reply_to, rev = excluded.rev`,
        ...where,
        text,
        replyTo,
        rev,
      )
      return { rev }
    },
  }
}

type DraftOf = Omit<Parameters<Drafts['set']>[0], 'replyTo'> & { replyTo?: number | null | undefined }
