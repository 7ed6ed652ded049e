import { SYNC_LIMIT, SYNC_PAGE } from '../../../protocol/limits.ts'
import type { Change, MessagePage } from '../../../protocol/messages.ts'
import { appearanceOf } from '../../names/names.ts'
import type { Store } from '../store.ts'
import { revOf, spokenOf } from './changes.ts'
import { folded, type Database, type Row } from './database.ts'
import { hashOf } from './messageOperations.ts'
import { bodyLength, fitting, pageIsFull } from './pages.ts'
import {
  defaultRoomOf,
  myRooms,
  peopleById,
  peopleRevOf,
  toHead,
  toMember,
  toMessage,
  toPerson,
  toRoom,
} from './queries.ts'

/** The newest page, as somebody gets it who was away too long. */
const RESET_PAGE = 50

type Synced = Awaited<ReturnType<Store['messages']['sync']>>

type Reads = {
  people: Omit<Store['people'], 'create' | 'rename'>
  sessions: Omit<Store['sessions'], 'create'>
  rooms: Omit<Store['rooms'], 'create' | 'join' | 'leave' | 'setTopic' | 'direct'>
  messages: Omit<Store['messages'], 'append' | 'edit' | 'remove'>
}

/** Everything that only reads: on the main thread, through a connection of its own, because each is a short indexed query. */
export function createReads(database: Database): Reads {
  const defaultRoom = defaultRoomOf(database)

  /** Runs several queries on the data of one moment: what the writer commits meanwhile is not seen in half of them. */
  function atOnce<T>(read: () => T): T {
    database.run('BEGIN')
    try {
      return read()
    } finally {
      // Some troubles end it by themselves; one that is left open would be in the way of every read after it.
      if (database.inTransaction()) database.run('COMMIT')
    }
  }

  const head = (roomId: string) => {
    const row = database.get('SELECT seq, rev FROM rooms WHERE id = ?', roomId)
    return row ? toHead(row) : { seq: 0, rev: 1 }
  }

  /** The page after the one that ended at `after`: one row more than asked for tells whether there is another. */
  function cut<T>(rows: Row[], limit: number, item: (row: Row) => T): { items: T[]; next: string | null } {
    const last = rows[limit - 1]
    const next = rows.length > limit && last ? JSON.stringify([last['name'], last['id']]) : null
    return { items: rows.slice(0, limit).map(item), next }
  }

  function page(roomId: string, messages: MessagePage['messages']): MessagePage {
    return {
      roomId,
      head: head(roomId),
      messages,
      people: peopleById(
        database,
        messages.map(({ authorId }) => authorId),
      ),
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
    const { rev } = head(roomId)
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
    people: {
      get: async (ids) => peopleById(database, ids),
      async byName(name) {
        const row = database.get('SELECT * FROM people WHERE appearance = ?', appearanceOf(name))
        return row ? toPerson(row) : null
      },
      async list({ query, after, limit }) {
        const rows = database.all(
          `SELECT * FROM people WHERE instr(' ' || ${capitalsFor(query)}(name), ?1) > 0
           AND (name COLLATE NOCASE, id) > (?2, ?3) ORDER BY name COLLATE NOCASE, id LIMIT ?4`,
          beginningOf(query),
          ...position(after),
          limit + 1,
        )
        const { items, next } = cut(rows, limit, toPerson)
        return { people: items, next }
      },
      sync: async (since) =>
        atOnce(() => {
          const rows = database.all('SELECT * FROM people WHERE rev > ? ORDER BY rev LIMIT ?', since, SYNC_PAGE + 1)
          const people = rows.slice(0, SYNC_PAGE).map(toPerson)
          const more = rows.length > SYNC_PAGE
          return { people, rev: more ? (people.at(-1)?.rev ?? since) : peopleRevOf(database), more }
        }),
      rev: async () => peopleRevOf(database),
    },

    sessions: {
      async find(token) {
        const row = database.get(
          'SELECT p.* FROM sessions s JOIN people p ON p.id = s.person_id WHERE s.token_hash = ?',
          hashOf(token),
        )
        return row ? toPerson(row) : null
      },
    },

    rooms: {
      async default() {
        const row = database.get('SELECT * FROM rooms WHERE id = ?', defaultRoom)
        if (!row) throw new Error('There is no default room.')
        return toRoom(row, defaultRoom)
      },
      async get(roomId) {
        const row = database.get('SELECT * FROM rooms WHERE id = ?', roomId)
        return row ? toRoom(row, defaultRoom) : null
      },
      hasMember: async (roomId, personId) =>
        database.get('SELECT 1 FROM members WHERE room_id = ? AND person_id = ? AND present = 1', roomId, personId) !==
        undefined,
      async list({ query, after, limit, personId }) {
        const rows = database.all(
          `SELECT r.*, (SELECT count(*) FROM members WHERE room_id = r.id AND present = 1) AS members,
                  EXISTS (SELECT 1 FROM members WHERE room_id = r.id AND person_id = ?1 AND present = 1) AS joined
           FROM rooms r WHERE kind = 'public' AND instr(' ' || ${capitalsFor(query)}(name), ?2) > 0
           AND (name COLLATE NOCASE, id) > (?3, ?4) ORDER BY name COLLATE NOCASE, id LIMIT ?5`,
          personId,
          beginningOf(query),
          ...position(after),
          limit + 1,
        )
        const { items, next } = cut(rows, limit, (row) => ({
          room: toRoom(row, defaultRoom),
          members: Number(row['members']),
          joined: row['joined'] === 1,
        }))
        return { rooms: items, next }
      },
      async members({ roomId, after, limit }) {
        const rows = database.all(
          `SELECT p.* FROM members m JOIN people p ON p.id = m.person_id WHERE m.room_id = ?1 AND m.present = 1
           AND (p.name COLLATE NOCASE, p.id) > (?2, ?3) ORDER BY p.name COLLATE NOCASE, p.id LIMIT ?4`,
          roomId,
          ...position(after),
          limit + 1,
        )
        const total = database.get('SELECT count(*) AS n FROM members WHERE room_id = ? AND present = 1', roomId)
        const { items, next } = cut(rows, limit, toPerson)
        return { people: items, next, total: Number(total?.['n']) }
      },
      mine: async (personId) => atOnce(() => myRooms(database, personId)),
      mineOne: async (personId, roomId) => atOnce(() => myRooms(database, personId, roomId)[0] ?? null),
      heads: async (roomIds) => Object.fromEntries(roomIds.map((roomId) => [roomId, head(roomId)])),
    },

    messages: {
      async get(roomId, seq) {
        const row = database.get('SELECT * FROM messages WHERE room_id = ? AND seq = ?', roomId, seq)
        return row ? toMessage(row) : null
      },
      list: async (where) => atOnce(() => list(where)),
      sync: async (cursor) => atOnce(() => sync(cursor)),
    },
  }
}

/** What comes before any word, and the beginning of the word that is asked for. */
const beginningOf = (query: string) => ` ${folded(query.trim())}`

/** SQLite's own function knows ASCII only, which is enough for a query in ASCII, and takes a tenth of the time. */
const capitalsFor = (query: string) => (/^\p{ASCII}*$/u.test(query) ? 'upper' : 'folded')

/** A cursor as `next` gave it; anything else begins at the beginning. */
function position(after: string | undefined): [string, string] {
  try {
    const [name, id]: unknown[] = JSON.parse(after ?? '[]')
    return typeof name === 'string' && typeof id === 'string' ? [name, id] : ['', '']
  } catch {
    return ['', '']
  }
}
