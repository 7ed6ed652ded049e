import { randomBytes } from 'node:crypto'
import { Refusal } from '../../../protocol/errors.ts'
import { NAME_LENGTH, ROOM_NAME_LENGTH } from '../../../protocol/limits.ts'
import type { Change } from '../../../protocol/messages.ts'
import type { Person } from '../../../protocol/people.ts'
import type { MyRoom, Room } from '../../../protocol/rooms.ts'
import type { ReadPosition } from '../../../protocol/unread.ts'
import { appearanceOf, normaliseName } from '../../names/names.ts'
import type { Store } from '../store.ts'
import type { Database } from './database.ts'
import { defaultRoomOf, directKeyOf, myRooms, peopleById, toMember, toRoom, unreadOf } from './queries.ts'
import { newId } from './schema.ts'
import { createMessageOperations, hashOf, noRoom } from './messageOperations.ts'

/** Where an operation says what it changed; the writer makes one announcement of it per room and commit. */
export type Changes = { inRoom: (roomId: string, change: Change) => void; person: (person: Person) => void }

/** Everything that changes something, run inside the writer's transaction: one after the other, never interleaved. */
export function createOperations(database: Database, changes: Changes) {
  /** The room's next revision. Only here does a room's `rev` rise. */
  function nextRev(roomId: string): number {
    const row = database.get('UPDATE rooms SET rev = rev + 1 WHERE id = ? RETURNING rev', roomId)
    if (!row) throw noRoom()
    return Number(row['rev'])
  }

  function nextPeopleRev(): number {
    return Number(database.get(`UPDATE meta SET value = value + 1 WHERE key = 'people_rev' RETURNING value`)?.['value'])
  }

  /** In, from the newest message on; or as before for somebody who is in already. */
  function enter(roomId: string, personId: string, readFromStart = false): void {
    const before = database.get('SELECT present FROM members WHERE room_id = ? AND person_id = ?', roomId, personId)
    if (before?.['present'] === 1) return
    const row = database.get(
      `INSERT INTO members VALUES (?1, ?2, ?3, 1, (SELECT CASE WHEN ?4 THEN 0 ELSE seq END FROM rooms WHERE id = ?1))
       ON CONFLICT DO UPDATE SET rev = excluded.rev, present = 1, read_up_to = excluded.read_up_to RETURNING *`,
      roomId,
      personId,
      nextRev(roomId),
      readFromStart ? 1 : 0,
    )
    if (row) changes.inRoom(roomId, { type: 'member:changed', member: toMember(row) })
  }

  function mine(personId: string, roomId: string): MyRoom {
    const [room] = myRooms(database, personId, roomId)
    if (!room) throw noRoom()
    return room
  }

  function mustBeFree(appearance: string, except?: string): void {
    const row = database.get('SELECT id, name FROM people WHERE appearance = ?', appearance)
    if (row && row['id'] !== except) throw new Refusal('name_taken', `There's already a ${row['name']} here.`)
  }

  function insertRoom(room: {
    kind: Room['kind']
    name: string
    appearance: string | null
    topic: string
    directKey: string | null
  }) {
    const [id, now] = [newId(), Date.now()]
    database.run(
      'INSERT INTO rooms VALUES (?, ?, ?, ?, ?, ?, 1, 1, 0, ?, ?)',
      id,
      room.kind,
      room.name,
      room.appearance,
      room.topic,
      room.directKey,
      now,
      now,
    )
    return id
  }

  return {
    /** Writes what nobody looks at, as much as the longest message needs: on a full disk less may still fit. */
    probe(): void {
      database.run(
        `INSERT INTO meta VALUES ('probe', randomblob(?1)) ON CONFLICT DO UPDATE SET value = excluded.value`,
        100_000,
      )
    },

    'people.create'({ name, role }: Parameters<Store['people']['create']>[0]): Person {
      const shown = normaliseName(name, NAME_LENGTH)
      const appearance = appearanceOf(shown)
      mustBeFree(appearance)
      const used = new Map(
        database
          .all('SELECT tint, count(*) AS n FROM people GROUP BY tint')
          .map((row) => [row['tint'], Number(row['n'])]),
      )
      const tint = Array.from({ length: 96 }, (_, i) => i).reduce((best, i) =>
        (used.get(i) ?? 0) < (used.get(best) ?? 0) ? i : best,
      )
      const person: Person = { id: newId(), rev: nextPeopleRev(), name: shown, role, tint }
      database.run(
        'INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?)',
        person.id,
        shown,
        appearance,
        role,
        tint,
        person.rev,
        Date.now(),
      )
      changes.person(person)
      enter(defaultRoomOf(database), person.id)
      return person
    },

    'people.rename'(id: string, name: string): Person {
      const shown = normaliseName(name, NAME_LENGTH)
      const appearance = appearanceOf(shown)
      mustBeFree(appearance, id)
      database.run(
        'UPDATE people SET name = ?, appearance = ?, rev = ? WHERE id = ?',
        shown,
        appearance,
        nextPeopleRev(),
        id,
      )
      const [person] = peopleById(database, [id])
      if (!person) throw new Refusal('not_found', 'No such person.')
      changes.person(person)
      return person
    },

    'sessions.create'(personId: string, given?: string): string {
      const token = given ?? randomBytes(32).toString('base64url')
      database.run('INSERT INTO sessions VALUES (?, ?, ?)', hashOf(token), personId, Date.now())
      return token
    },

    'rooms.create'({ name, topic, personId }: Parameters<Store['rooms']['create']>[0]): MyRoom {
      const shown = normaliseName(name, ROOM_NAME_LENGTH)
      const appearance = appearanceOf(shown)
      const taken = database.get('SELECT name FROM rooms WHERE appearance = ?', appearance)
      if (taken) throw new Refusal('name_taken', `There's already a room called ${taken['name']}.`)
      const id = insertRoom({ kind: 'public', name: shown, appearance, topic: topic.trim(), directKey: null })
      enter(id, personId)
      return mine(personId, id)
    },

    'rooms.join'(roomId: string, personId: string): MyRoom {
      if (database.get('SELECT kind FROM rooms WHERE id = ?', roomId)?.['kind'] !== 'public') throw noRoom()
      enter(roomId, personId)
      return mine(personId, roomId)
    },

    'rooms.leave'(roomId: string, personId: string): void {
      const { room } = mine(personId, roomId)
      if (room.isDefault) throw new Refusal('forbidden', 'Everybody is in this room, and nobody leaves it.')
      if (room.kind === 'direct') throw new Refusal('forbidden', 'A conversation of two cannot be left.')
      const row = database.get(
        'UPDATE members SET present = 0, read_up_to = 0, rev = ? WHERE room_id = ? AND person_id = ? RETURNING *',
        nextRev(roomId),
        roomId,
        personId,
      )
      if (row) changes.inRoom(roomId, { type: 'member:changed', member: toMember(row) })
    },

    'rooms.setTopic'(roomId: string, topic: string): Room {
      const rev = nextRev(roomId)
      const row = database.get(
        'UPDATE rooms SET topic = ?, room_rev = ? WHERE id = ? RETURNING *',
        topic.trim(),
        rev,
        roomId,
      )
      if (!row) throw noRoom()
      const room = toRoom(row, defaultRoomOf(database))
      changes.inRoom(roomId, { type: 'room:changed', room })
      return room
    },

    'rooms.direct'(personId: string, otherId: string): MyRoom {
      if (personId === otherId) throw new Refusal('invalid', 'That is you.')
      if (peopleById(database, [personId, otherId]).length < 2) throw new Refusal('not_found', 'No such person.')
      const directKey = directKeyOf(personId, otherId)
      const known = database.get('SELECT id FROM rooms WHERE direct_key = ?', directKey)
      const id = known
        ? String(known['id'])
        : insertRoom({ kind: 'direct', name: '', appearance: null, topic: '', directKey })
      for (const somebody of [personId, otherId]) enter(id, somebody, true)
      return mine(personId, id)
    },

    ...createMessageOperations(database, changes, nextRev),

    'reads.advance'({ roomId, personId, seq }: Parameters<Store['reads']['advance']>[0]): ReadPosition {
      const row = database.get(
        `UPDATE members SET read_up_to = max(read_up_to, min(?, (SELECT seq FROM rooms WHERE id = room_id)))
         WHERE room_id = ? AND person_id = ? AND present = 1
         RETURNING read_up_to, (SELECT seq FROM rooms WHERE id = room_id) AS seq`,
        seq,
        roomId,
        personId,
      )
      if (!row) throw noRoom()
      const readUpTo = Number(row['read_up_to'])
      return { roomId, readUpTo, unread: unreadOf(database, roomId, personId, readUpTo), seq: Number(row['seq']) }
    },
  }
}

export type Operations = ReturnType<typeof createOperations>
export type OperationName = keyof Operations
