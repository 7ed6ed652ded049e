import { PREVIEW_LENGTH, UNREAD_LIMIT, UNREAD_SCAN } from '../../../protocol/limits.ts'
import { beginningOf } from '../../../protocol/mentions.ts'
import type { Forwarded, Message, Poll, Reaction } from '../../../protocol/messages.ts'
import { INVITED_ROLES, LEVELS, ROLES, ROOM_KINDS, WRITERS } from '../../../protocol/choices.ts'
import type { Invite } from '../../../protocol/invites.ts'
import type { Person } from '../../../protocol/people.ts'
import type { Alerts, Head, Member, MyRoom, Preview, Room } from '../../../protocol/rooms.ts'
import type { Session } from '../sessions.ts'
import type { Database, Row } from './database.ts'
import { filesOf } from './fileReads.ts'
import { previewIn } from './linked.ts'
import { profileOf } from './profileReads.ts'

/** What the reading and the writing connection both ask, and how rows become what crosses the wire. */

/** Throws where something stands that no Natter has written. */
export function oneOf<T extends string>(all: readonly T[], value: unknown): T {
  const found = all.find((one) => one === value)
  if (found === undefined)
    throw new Error(`The database has ${String(value)} where one of ${all.join(', ')} may stand.`)
  return found
}

export const toPerson = (row: Row): Person => ({
  id: String(row['id']),
  rev: Number(row['rev']),
  name: String(row['name']),
  role: oneOf(ROLES, row['role']),
  gone: row['gone'] === 1,
  tint: Number(row['tint']),
  ...profileOf(row),
})

export const toSession = (row: Row): Session => ({
  id: String(row['session_id']),
  agent: String(row['agent']),
  createdAt: Number(row['begun_at']),
  seenAt: Number(row['seen_at']),
  way: String(row['way']) as Session['way'],
  madeBy: row['made_by'] === null ? null : String(row['made_by']),
})

const wordsIn = (value: unknown): string[] => String(value).split(' ').filter(Boolean)
export const mentionsOf = (row: Row): string[] => wordsIn(row['mentions'])
export const concernsOf = (row: Row): string[] => wordsIn(row['concerns'])

export const reactionsOf = (row: Row): Reaction[] =>
  row['reactions'] === '' ? [] : (JSON.parse(String(row['reactions'])) as Reaction[])

export const pollOf = (row: Row): Poll | undefined =>
  row['poll'] === '' ? undefined : (JSON.parse(String(row['poll'])) as Poll)

export const toMessage = (row: Row): Message => ({
  roomId: String(row['room_id']),
  seq: Number(row['seq']),
  rev: Number(row['rev']),
  authorId: String(row['author_id']),
  key: String(row['key']),
  body: String(row['body']),
  ...(row['mentions'] !== '' && { mentions: mentionsOf(row) }),
  ...(row['reply_to'] !== null && { replyTo: Number(row['reply_to']), thread: Number(row['thread']) }),
  ...(row['concerns'] !== '' && { concerns: concernsOf(row) }),
  ...(row['pinned_at'] !== null && { pinned: { by: String(row['pinned_by']), at: Number(row['pinned_at']) } }),
  ...(row['replies'] !== '' && { replies: JSON.parse(String(row['replies'])) as Message['replies'] }),
  ...(row['forwarded'] !== '' && { forwarded: JSON.parse(String(row['forwarded'])) as Forwarded }),
  ...(row['poll'] !== '' && { poll: pollOf(row) }),
  ...(row['preview'] !== '' && previewIn(row)),
  ...(row['reactions'] !== '' && { reactions: reactionsOf(row) }),
  ...(row['files'] !== '' && { files: filesOf(row) }),
  sentAt: Number(row['sent_at']),
  editedAt: row['edited_at'] === null ? null : Number(row['edited_at']),
  deleted: row['deleted'] === 1,
  moderated: row['moderated'] === 1,
})

export const toMember = (row: Row): Member => ({
  roomId: String(row['room_id']),
  personId: String(row['person_id']),
  rev: Number(row['rev']),
  present: row['present'] === 1,
})

/** Also of a room that is not there. */
export const toHead = (row?: Row): Head => ({ seq: Number(row?.['seq'] ?? 0), rev: Number(row?.['rev'] ?? 1) })

export function toRoom(row: Row, defaultRoom: string): Room {
  const directKey = row['direct_key']
  return {
    id: String(row['id']),
    rev: Number(row['room_rev']),
    kind: oneOf(ROOM_KINDS, row['kind']),
    name: String(row['name']),
    topic: String(row['topic']),
    isDefault: row['id'] === defaultRoom,
    madeBy: row['made_by'] === null ? null : String(row['made_by']),
    people: typeof directKey === 'string' ? directKey.split(' ') : [],
    archived: row['archived'] === 1,
    whoWrites: oneOf(WRITERS, row['who_writes']),
    slowMode: Number(row['slow_mode']),
    ...(row['previews'] === 1 && { previews: true as const }),
  }
}

/** What is over by now is not there. */
export function toAlerts(row: Row): Alerts {
  const mutedUntil = Number(row['muted_until'])
  return { level: oneOf(LEVELS, row['level']), mutedUntil: mutedUntil > Date.now() ? mutedUntil : null }
}

/** A room that is there; of one that is being deleted only its rows are left. */
export const roomRowOf = (database: Database, roomId: string): Row | undefined =>
  database.get(`SELECT * FROM rooms WHERE id = ? AND kind <> 'deleted'`, roomId)

/** In the room now, not only once. */
export const isIn = (database: Database, roomId: string, personId: string): boolean =>
  database.get('SELECT 1 FROM members WHERE room_id = ? AND person_id = ? AND present = 1', roomId, personId) !==
  undefined

export const headOf = (database: Database, roomId: string): Head =>
  toHead(database.get('SELECT seq, rev FROM rooms WHERE id = ?', roomId))

/** The key of the one direct room of these people, whoever asks. */
export const directKeyOf = (people: readonly string[]): string => people.toSorted().join(' ')

export const metaOf = (database: Database, key: string) =>
  database.get('SELECT value FROM meta WHERE key = ?', key)?.['value']
export const defaultRoomOf = (database: Database): string => String(metaOf(database, 'default_room'))
export const peopleRevOf = (database: Database): number => Number(metaOf(database, 'people_rev'))

/** Somebody owns the place who can still come in: in a browser, or by what they have claimed their name with. */
export const hasOwner = (database: Database): boolean =>
  database.get(
    `SELECT 1 FROM people p WHERE role = 'owner' AND gone = 0 AND
       (EXISTS (SELECT 1 FROM sessions WHERE person_id = p.id) OR EXISTS (SELECT 1 FROM passkeys WHERE person_id = p.id)
        OR EXISTS (SELECT 1 FROM identities WHERE person_id = p.id)
        OR EXISTS (SELECT 1 FROM accounts WHERE person_id = p.id AND (password IS NOT NULL OR code_hash IS NOT NULL)))`,
  ) !== undefined

const toInvite = (row: Row): Invite => ({
  id: String(row['id']),
  role: oneOf(INVITED_ROLES, row['role']),
  roomIds: JSON.parse(String(row['room_ids'])) as string[],
  used: Number(row['used']),
  left: row['uses_left'] === null ? null : Number(row['uses_left']),
  expiresAt: row['expires_at'] === null ? null : Number(row['expires_at']),
  revoked: row['revoked'] === 1,
  createdBy: String(row['created_by']),
  createdAt: Number(row['created_at']),
})

/** Whether somebody may still come by it. */
export const isUsable = ({ revoked, left, expiresAt }: Invite): boolean =>
  !revoked && left !== 0 && (expiresAt === null || expiresAt > Date.now())

export const invitesWhere = (database: Database, which: string, ...values: (string | number)[]): Invite[] =>
  database.all(`SELECT * FROM invites WHERE ${which}`, ...values).map(toInvite)

const IN_LIST = 'IN (SELECT value FROM json_each(?))'

export function peopleById(database: Database, ids: Iterable<string>): Person[] {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return []
  // What one message needs takes half as long as by a list.
  const [which, value] = wanted.length === 1 ? ['= ?', wanted[0]] : [IN_LIST, JSON.stringify(wanted)]
  const rows = database.all(`SELECT * FROM people WHERE id ${which}`, value ?? '')
  const found = new Map(rows.map((row) => [row['id'], row]))
  return wanted.flatMap((id) => {
    const row = found.get(id)
    return row ? [toPerson(row)] : []
  })
}

type Reading = { roomId: string; kind: Room['kind']; personId: string; readUpTo: number }

/** What others have written above the read position, and how much of it was to this person. */
export function countsOf(database: Database, reading: Reading): { unread: number; forYou: number } {
  const unread = unreadOf(database, reading)
  return { unread, forYou: reading.kind === 'direct' ? unread : mentionedIn(database, reading) }
}

function mentionedIn(database: Database, { roomId, personId, readUpTo }: Reading): number {
  const row = database.get(
    `SELECT count(*) AS mentioned FROM (SELECT 1 FROM
       (SELECT author_id FROM mentions WHERE reached IN (?1, '') AND room_id = ?2 AND seq > ?3 LIMIT ${UNREAD_SCAN}) AS newest
     WHERE author_id <> ?1 AND author_id NOT IN (SELECT blocked_id FROM blocks WHERE person_id = ?1)
     LIMIT ${UNREAD_LIMIT}) AS counted`,
    personId,
    roomId,
    readUpTo,
  )
  return Number(row?.['mentioned'])
}

function unreadOf(database: Database, { roomId, personId, readUpTo }: Reading): number {
  const row = database.get(
    `SELECT count(*) AS unread FROM (SELECT 1 FROM
       (SELECT author_id, deleted FROM messages WHERE room_id = ?1 AND seq > ?2 ORDER BY seq DESC LIMIT ${UNREAD_SCAN}) AS newest
     WHERE author_id <> ?3 AND deleted = 0 AND author_id NOT IN (SELECT blocked_id FROM blocks WHERE person_id = ?3)
     LIMIT ${UNREAD_LIMIT}) AS counted`,
    roomId,
    readUpTo,
    personId,
  )
  return Number(row?.['unread'])
}

/** What a preview of the message `l` has beside its `seq`. */
export const PREVIEWED = `l.author_id, l.sent_at, l.deleted, l.moderated, l.files, l.rev AS message_rev, l.poll <> '' AS polled,
    substr(l.body, 1, ${PREVIEW_LENGTH}) AS beginning`

const MINE = `
  SELECT r.*, m.read_up_to, m.read_rev, m.level, m.muted_until, m.favourite, ${PREVIEWED}
  FROM members m JOIN rooms r ON r.id = m.room_id LEFT JOIN messages l ON l.room_id = r.id AND l.seq = r.seq
  WHERE m.person_id = ? AND m.present = 1`

export const toPreview = (row: Row): Preview | null =>
  row['beginning'] === null
    ? null
    : {
        seq: Number(row['seq']),
        rev: Number(row['message_rev']),
        authorId: String(row['author_id']),
        text: beginningOf(String(row['beginning'])),
        ...(row['polled'] === 1 && { poll: true as const }),
        ...(row['files'] !== '' && { files: filesOf(row)?.map(({ type }) => ({ type })) }),
        sentAt: Number(row['sent_at']),
        deleted: row['deleted'] === 1,
        moderated: row['moderated'] === 1,
      }

export function myRooms(database: Database, personId: string, roomId?: string): MyRoom[] {
  const rows =
    roomId === undefined ? database.all(MINE, personId) : database.all(`${MINE} AND m.room_id = ?`, personId, roomId)
  const defaultRoom = defaultRoomOf(database)
  return rows.map((row) => {
    const [room, readUpTo] = [toRoom(row, defaultRoom), Number(row['read_up_to'])]
    return {
      room,
      head: toHead(row),
      last: toPreview(row),
      readUpTo,
      readRev: Number(row['read_rev']),
      ...countsOf(database, { roomId: room.id, kind: room.kind, personId, readUpTo }),
      activeAt: Number(row['active_at']),
      alerts: toAlerts(row),
      favourite: row['favourite'] === null ? null : Number(row['favourite']),
    }
  })
}
