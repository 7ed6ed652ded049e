import type { Message } from '../../../protocol/messages.ts'
import type { SomeMessages } from '../../../protocol/replies.ts'
import type { Replies } from '../replies.ts'
import { spokenIn } from './changes.ts'
import type { Database } from './database.ts'
import { bodyLength, fitting, pageIsFull } from './pages.ts'
import { headOf, peopleById, toMessage } from './queries.ts'
import type { AtOnce } from './reads.ts'

export function createReplyReads(database: Database, atOnce: AtOnce): Replies {
  const page = (roomId: string, messages: Message[]): SomeMessages => ({
    roomId,
    head: headOf(database, roomId),
    messages,
    people: peopleById(database, messages.flatMap(spokenIn)),
  })

  function some(roomId: string, seqs: readonly number[]): SomeMessages {
    const isFull = pageIsFull()
    const messages: Message[] = []
    for (const seq of [...new Set(seqs)].sort((a, b) => a - b)) {
      const row = database.get('SELECT * FROM messages WHERE room_id = ? AND seq = ?', roomId, seq)
      if (row) messages.push(toMessage(row))
      if (row && isFull([row])) break
    }
    return page(roomId, fitting(messages, bodyLength))
  }

  function list({ roomId, seq, before, limit }: Parameters<Replies['list']>[0]): Awaited<ReturnType<Replies['list']>> {
    const found = database
      .upTo(
        pageIsFull(),
        limit + 1,
        'SELECT * FROM messages WHERE room_id = ? AND thread = ? AND seq < ? ORDER BY seq DESC',
        roomId,
        seq,
        before ?? Number.MAX_SAFE_INTEGER,
      )
      .map(toMessage)
    const messages = fitting(found.slice(0, limit), bodyLength)
    const next = found.length > messages.length ? (messages.at(-1)?.seq ?? null) : null
    return { ...page(roomId, messages.reverse()), next }
  }

  return {
    some: async (roomId, seqs) => atOnce(() => some(roomId, seqs)),
    list: async (where) => atOnce(() => list(where)),
  }
}
