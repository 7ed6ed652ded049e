import type { Pins } from '../pins.ts'
import { spokenIn } from './changes.ts'
import type { Database } from './database.ts'
import { bodyLength, fitting } from './pages.ts'
import { peopleById, toMessage } from './queries.ts'
import type { AtOnce } from './reads.ts'

/** A cursor as `next` gave it; anything else begins at the beginning. */
function position(after = ''): [at: number, seq: number] {
  const [, at, seq] = /^(\d{1,15}) (\d{1,15})$/.exec(after) ?? []
  return seq === undefined ? [Number.MAX_SAFE_INTEGER, 0] : [Number(at), Number(seq)]
}

export function createPinReads(database: Database, atOnce: AtOnce): Pick<Pins, 'list'> {
  return {
    list: async ({ roomId, after, limit }) =>
      atOnce(() => {
        const found = database
          .all(
            `SELECT * FROM messages WHERE room_id = ? AND pinned_at IS NOT NULL AND (pinned_at, seq) < (?, ?)
             ORDER BY pinned_at DESC, seq DESC LIMIT ?`,
            roomId,
            ...position(after),
            limit + 1,
          )
          .map(toMessage)
        const messages = fitting(found.slice(0, limit), bodyLength)
        const last = messages.at(-1)
        return {
          messages,
          people: peopleById(database, messages.flatMap(spokenIn)),
          next: found.length > messages.length && last ? `${last.pinned?.at} ${last.seq}` : null,
        }
      }),
  }
}
