import { PREVIEW_LENGTH, UNREAD_LIMIT } from '../../../protocol/limits.ts'
import type { Message } from '../../../protocol/messages.ts'
import type { Person } from '../../../protocol/people.ts'
import type { Head, Member, MyRoom, Preview, Room } from '../../../protocol/rooms.ts'
import type { Database, Row } from './database.ts'

/** What the reading and the writing connection both ask, and how rows become what crosses the wire. */

export const toPerson = (row: Row): Person => ({
  id: String(row['id']),
  rev: Number(row['rev']),
  name: String(row['name']),
  role: row['role'] === 'guest' ? 'guest' : 'member',
  tint: Number(row['tint']),
})

export const toMessage = (row: Row): Message => ({
  roomId: String(row['room_id']),
  seq: Number(row['seq']),
  rev: Number(row['rev']),
  authorId: String(row['author_id']),
  key: String(row['key']),
  body: String(row['body']),
  sentAt: Number(row['sent_at']),
  editedAt: row['edited_at'] === null ? null : Number(row['edited_at']),
  deleted: row['deleted'] === 1,
})

export const toMember = (row: Row): Member => ({
  roomId: String(row['room_id']),
  personId: String(row['person_id']),
  rev: Number(row['rev']),
  present: row['present'] === 1,
})

export const toHead = (row: Row): Head => ({ seq: Number(row['seq']), rev: Number(row['rev']) })

export function toRoom(row: Row, defaultRoom: string): Room {
  const directKey = row['direct_key']
  return {
    id: String(row['id']),
    rev: Number(row['room_rev']),
    kind: row['kind'] === 'direct' ? 'direct' : 'public',
    name: String(row['name']),
    topic: String(row['topic']),
    isDefault: row['id'] === defaultRoom,
    people: typeof directKey === 'string' ? directKey.split(' ') : [],
  }
}

/** The key of the one direct room of two people, whoever asks. */
export const directKeyOf = (one: string, other: string): string => [one, other].sort().join(' ')

export const metaOf = (database: Database, key: string) =>
  database.get('SELECT value FROM meta WHERE key = ?', key)?.['value']
export const defaultRoomOf = (database: Database): string => String(metaOf(database, 'default_room'))
export const peopleRevOf = (database: Database): number => Number(metaOf(database, 'people_rev'))

export function peopleById(database: Database, ids: Iterable<string>): Person[] {
  const people: Person[] = []
  for (const id of new Set(ids)) {
    const row = database.get('SELECT * FROM people WHERE id = ?', id)
    if (row) people.push(toPerson(row))
  }
  return people
}

export function unreadOf(database: Database, roomId: string, personId: string, readUpTo: number): number {
  const row = database.get(
    `SELECT count(*) AS unread FROM
       (SELECT 1 FROM messages WHERE room_id = ? AND seq > ? AND author_id <> ? AND deleted = 0 LIMIT ${UNREAD_LIMIT})`,
    roomId,
    readUpTo,
    personId,
  )
  return Number(row?.['unread'])
}

const MINE = `
  SELECT r.*, m.read_up_to, l.author_id, l.sent_at, l.deleted, l.rev AS message_rev, substr(l.body, 1, ${PREVIEW_LENGTH}) AS beginning
  FROM members m JOIN rooms r ON r.id = m.room_id LEFT JOIN messages l ON l.room_id = r.id AND l.seq = r.seq
  WHERE m.person_id = ? AND m.present = 1`

/** SQLite counts a character outside the Basic Multilingual Plane once, a limit of ours twice; and half of one is no text. */
const beginningOf = (text: string) => text.slice(0, PREVIEW_LENGTH).replace(/[\ud800-\udbff]$/, '')

const toPreview = (row: Row): Preview | null =>
  row['beginning'] === null
    ? null
    : {
        seq: Number(row['seq']),
        rev: Number(row['message_rev']),
        authorId: String(row['author_id']),
        text: beginningOf(String(row['beginning'])),
        sentAt: Number(row['sent_at']),
        deleted: row['deleted'] === 1,
      }

export function myRooms(database: Database, personId: string, roomId?: string): MyRoom[] {
  const rows =
    roomId === undefined ? database.all(MINE, personId) : database.all(`${MINE} AND m.room_id = ?`, personId, roomId)
  const defaultRoom = defaultRoomOf(database)
  return rows.map((row) => {
    const readUpTo = Number(row['read_up_to'])
    return {
      room: toRoom(row, defaultRoom),
      head: toHead(row),
      last: toPreview(row),
      readUpTo,
      unread: unreadOf(database, String(row['id']), personId, readUpTo),
      activeAt: Number(row['active_at']),
    }
  })
}
