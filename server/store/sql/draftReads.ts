import type { Draft } from '../../../protocol/drafts.ts'
import type { Drafts } from '../drafts.ts'
import type { Database, Row } from './database.ts'
import { fitting } from './pages.ts'

const toDraft = ({ room_id: roomId, thread, text, reply_to: replyTo, rev }: Row): Draft => ({
  roomId: String(roomId),
  text: String(text),
  rev: Number(rev),
  ...(thread === 0 ? {} : { thread: Number(thread) }),
  ...(replyTo === null ? {} : { replyTo: Number(replyTo) }),
})

export function createDraftReads(database: Database): Pick<Drafts, 'list'> {
  return {
    async list({ personId, after, limit }) {
      const rows = database.all(
        `SELECT d.* FROM drafts d JOIN members m ON m.room_id = d.room_id AND m.person_id = d.person_id AND m.present = 1
         WHERE d.person_id = ? AND d.rev > ? ORDER BY d.rev LIMIT ?`,
        personId,
        after,
        limit + 1,
      )
      const drafts = fitting(rows.slice(0, limit).map(toDraft), ({ text }) => text.length)
      return { drafts, next: rows.length > drafts.length ? (drafts.at(-1)?.rev ?? null) : null }
    },
  }
}
