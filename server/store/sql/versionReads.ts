import { Refusal } from '../../../protocol/errors.ts'
import { namedIn } from '../../../protocol/mentions.ts'
import type { History, Version } from '../../../protocol/messages.ts'
import type { Versions } from '../versions.ts'
import type { Database, Row } from './database.ts'
import { bodyLength, fitting } from './pages.ts'
import { peopleById } from './queries.ts'
import type { AtOnce } from './reads.ts'

const toVersion = (row: Row): Version => ({
  rev: Number(row['rev']),
  body: String(row['body']),
  writtenAt: Number(row['written_at']),
})

export function createVersionReads(database: Database, atOnce: AtOnce): Versions {
  function list({ roomId, seq, before = Number.MAX_SAFE_INTEGER }: Parameters<Versions['list']>[0]): History {
    const message = database.get(
      `SELECT rev, body, coalesce(edited_at, sent_at) AS written_at FROM messages
       WHERE room_id = ? AND seq = ? AND deleted = 0`,
      roomId,
      seq,
    )
    if (!message) throw new Refusal('not_found', 'No such message.')
    const former = database.all(
      'SELECT * FROM versions WHERE room_id = ? AND seq = ? AND rev < ? ORDER BY rev DESC',
      roomId,
      seq,
      before,
    )
    const all = [message, ...former].map(toVersion).filter(({ rev }) => rev < before)
    const versions = fitting(all, bodyLength)
    return {
      versions,
      people: peopleById(
        database,
        versions.flatMap(({ body }) => namedIn(body)),
      ),
      next: versions.length < all.length ? (versions.at(-1)?.rev ?? null) : null,
    }
  }

  return { list: async (page) => atOnce(() => list(page)) }
}
