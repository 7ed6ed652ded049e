import type { Store } from '../store.ts'
import type { Database } from './database.ts'
import { beginningOf, capitalsFor, cut, position } from './listing.ts'
import { defaultRoomOf, isIn, myRooms, roomRowOf, toHead, toPerson, toRoom } from './queries.ts'
import type { AtOnce } from './reads.ts'

type RoomReads = Pick<
  Store['rooms'],
  'default' | 'get' | 'hasMember' | 'idsOf' | 'sharedWith' | 'list' | 'members' | 'mine' | 'mineOne' | 'heads'
>

export function createRoomReads(database: Database, atOnce: AtOnce): RoomReads {
  const defaultRoom = defaultRoomOf(database)

  return {
    async default() {
      const row = database.get('SELECT * FROM rooms WHERE id = ?', defaultRoom)
      if (!row) throw new Error('There is no default room.')
      return toRoom(row, defaultRoom)
    },
    async get(roomId) {
      const row = roomRowOf(database, roomId)
      return row ? toRoom(row, defaultRoom) : null
    },
    hasMember: async (roomId, personId) => isIn(database, roomId, personId),
    idsOf: async (personId) =>
      database
        .all('SELECT room_id FROM members WHERE person_id = ? AND present = 1', personId)
        .map((row) => String(row['room_id'])),
    async sharedWith(personId, otherIds) {
      const shares = `SELECT 1 FROM members a JOIN members b ON b.room_id = a.room_id
        WHERE a.person_id = ? AND a.present = 1 AND b.person_id = ? AND b.present = 1`
      return otherIds.filter((otherId) => database.get(shares, personId, otherId) !== undefined)
    },
    async list({ query, archived = false, after, limit, personId, onlyTheirs = false }) {
      const joined = 'EXISTS (SELECT 1 FROM members WHERE room_id = r.id AND person_id = ?1 AND present = 1)'
      const rows = database.all(
        `SELECT r.*, (SELECT count(*) FROM members WHERE room_id = r.id AND present = 1) AS members, ${joined} AS joined
         FROM rooms r WHERE archived = ?7 AND ${archived ? `(kind = 'public' OR kind = 'private' AND ${joined})` : `kind = 'public'`} AND instr(' ' || ${capitalsFor(query)}(name), ?2) > 0
         AND (name COLLATE NOCASE, id) > (?3, ?4) AND (?6 = 0 OR ${joined})
         ORDER BY name COLLATE NOCASE, id LIMIT ?5`,
        personId,
        beginningOf(query),
        ...position(after),
        limit + 1,
        onlyTheirs ? 1 : 0,
        archived ? 1 : 0,
      )
      const { items, next } = cut(rows, limit, (row) => ({
        room: toRoom(row, defaultRoom),
        members: Number(row['members']),
        joined: row['joined'] === 1,
      }))
      return { rooms: items, next }
    },
    async members({ roomId, query = '', after, limit }) {
      const rows = database.all(
        `SELECT p.* FROM members m JOIN people p ON p.id = m.person_id WHERE m.room_id = ?1 AND m.present = 1
         AND instr(' ' || ${capitalsFor(query)}(p.name), ?5) > 0
         AND (p.name COLLATE NOCASE, p.id) > (?2, ?3) ORDER BY p.name COLLATE NOCASE, p.id LIMIT ?4`,
        roomId,
        ...position(after),
        limit + 1,
        beginningOf(query),
      )
      const total = database.get('SELECT count(*) AS n FROM members WHERE room_id = ? AND present = 1', roomId)
      const { items, next } = cut(rows, limit, toPerson)
      return { people: items, next, total: Number(total?.['n']) }
    },
    mine: async (personId) => atOnce(() => myRooms(database, personId)),
    mineOne: async (personId, roomId) => atOnce(() => myRooms(database, personId, roomId)[0] ?? null),
    async heads(roomIds) {
      const rows = database.all(
        'SELECT id, seq, rev FROM rooms WHERE id IN (SELECT value FROM json_each(?))',
        JSON.stringify(roomIds),
      )
      const found = new Map(rows.map((row) => [row['id'], row]))
      return Object.fromEntries(roomIds.map((roomId) => [roomId, toHead(found.get(roomId))]))
    },
  }
}
