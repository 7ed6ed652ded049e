import { SYNC_LIMIT, SYNC_PAGE } from '../../../protocol/limits.ts'
import type { Change } from '../../../protocol/changes.ts'
import type { MessagePage } from '../../../protocol/messages.ts'
import type { Store } from '../store.ts'
import { revOf, spokenIn, spokenOf } from './changes.ts'
import type { Database } from './database.ts'
import { bodyLength, fitting, pageIsFull } from './pages.ts'
import { defaultRoomOf, headOf, peopleById, toMember, toMessage, toRoom } from './queries.ts'
import type { AtOnce } from './reads.ts'

/** The newest page, as somebody gets it who was away too long. */
const RESET_PAGE = 50

type Synced = Awaited<ReturnType<Store['messages']['sync']>>
type MessageReads = Omit<Store['messages'], 'append' | 'edit' | 'remove' | 'restore'>

export function createMessageReads(database: Database, atOnce: AtOnce): MessageReads {
  const defaultRoom = defaultRoomOf(database)

  function page(roomId: string, messages: MessagePage['messages']): MessagePage {
    return {
      roomId,
      head: headOf(database, roomId),
      messages,
      people: peopleById(database, messages.flatMap(spokenIn)),
    }
  }

  /** Not many more of them than a page has room for. */
  const messages = (limit: number, which: string, ...values: (string | number)[]) =>
    database.upTo(pageIsFull(), limit, `SELECT * FROM messages WHERE ${which}`, ...values).map(toMessage)
  const below = (roomId: string, before: number, limit: number) =>
    fitting(messages(limit, 'room_id = ? AND seq < ? ORDER BY seq DESC', roomId, before), bodyLength).reverse()
  const above = (roomId: string, after: number, limit: number) =>
    fitting(messages(limit, 'room_id = ? AND seq > ? ORDER BY seq', roomId, after), bodyLength)

  function list({ roomId, before, after, around, limit }: Parameters<Store['messages']['list']>[0]): MessagePage {
    if (around !== undefined) {
      const older = below(roomId, around, Math.floor(limit / 2))
      return page(roomId, [...older, ...above(roomId, around - 1, limit - older.length)])
    }
    if (after !== undefined) return page(roomId, above(roomId, after, limit))
    return page(roomId, below(roomId, before ?? Number.MAX_SAFE_INTEGER, limit))
  }

  function sync({ roomId, since }: Parameters<Store['messages']['sync']>[0]): Synced {
    const { rev } = headOf(database, roomId)
    if (since === rev) return { changed: null, more: false, reset: null }
    if (since > rev || rev - since > SYNC_LIMIT) {
      const reset = page(roomId, below(roomId, Number.MAX_SAFE_INTEGER, RESET_PAGE))
      return { changed: null, more: false, reset }
    }
    const limit = SYNC_PAGE + 1
    const after = (sql: string) => database.all(`${sql} LIMIT ${limit}`, roomId, since)
    const all: Change[] = [
      ...messages(limit, 'room_id = ? AND rev > ? ORDER BY rev', roomId, since).map((message): Change => ({
        type: 'message:changed',
        message,
      })),
      ...after('SELECT * FROM members WHERE room_id = ? AND rev > ? ORDER BY rev').map((row): Change => ({
        type: 'member:changed',
        member: toMember(row),
      })),
      ...after('SELECT * FROM rooms WHERE id = ? AND room_rev > ?').map((row): Change => ({
        type: 'room:changed',
        room: toRoom(row, defaultRoom),
      })),
    ].sort((a, b) => revOf(a) - revOf(b))
    const changes = fitting(all.slice(0, SYNC_PAGE), (change) =>
      change.type === 'message:changed' ? bodyLength(change.message) : 0,
    )
    const more = all.length > changes.length
    const last = changes.at(-1)
    const people = peopleById(database, changes.flatMap(spokenOf))
    return {
      changed: { roomId, after: since, rev: more && last ? revOf(last) : rev, changes, people },
      more,
      reset: null,
    }
  }

  return {
    async get(roomId, seq) {
      const row = database.get('SELECT * FROM messages WHERE room_id = ? AND seq = ?', roomId, seq)
      return row ? toMessage(row) : null
    },
    list: async (where) => atOnce(() => list(where)),
    sync: async (cursor) => atOnce(() => sync(cursor)),
  }
}
