import { Refusal } from '../../../protocol/errors.ts'
import { DIRECT_PEOPLE, ROOM_NAME_LENGTH } from '../../../protocol/limits.ts'
import type { MyRoom, Room } from '../../../protocol/rooms.ts'
import { appearanceOf, normaliseName } from '../../names/names.ts'
import { mustBeOpen } from '../../whoWrites.ts'
import type { Store } from '../store.ts'
import { audit } from './audit.ts'
import { hereOf, mustBeIn, noRoom } from './authority.ts'
import type { Database, Row } from './database.ts'
import type { Changes } from './gathering.ts'
import type { Moves } from './peopleOperations.ts'
import { defaultRoomOf, directKeyOf, invitesWhere, myRooms, roomRowOf, toRoom } from './queries.ts'
import { newId } from './ids.ts'
import { leaveTraces } from './traces.ts'

/** What changes rooms, and who is in them. */
export function createRoomOperations(
  database: Database,
  changes: Changes,
  { nextRev, enter, leave }: Moves & { nextRev: (roomId: string) => number },
) {
  function mine(personId: string, roomId: string): MyRoom {
    const [room] = myRooms(database, personId, roomId)
    if (!room) throw noRoom()
    return room
  }

  function known(roomId: string): Room {
    const row = roomRowOf(database, roomId)
    if (!row) throw noRoom()
    return toRoom(row, defaultRoomOf(database))
  }

  function opened(roomId: string): Room {
    const room = known(roomId)
    mustBeOpen(room)
    return room
  }

  /** Neither the room that everybody is in, nor a conversation. */
  function mustBeOneOfMany({ isDefault, kind }: Room): void {
    if (isDefault) throw new Refusal('forbidden', 'Everybody is in this room, and it stays.')
    if (kind === 'direct') throw new Refusal('forbidden', 'A conversation is for the people in it to keep.')
  }

  /** The name as it is shown. One that nobody may learn of takes none from anybody. */
  function named(name: string, isPrivate: boolean, roomId = ''): { name: string; appearance: string | null } {
    const shown = normaliseName(name, ROOM_NAME_LENGTH)
    const appearance = isPrivate ? null : appearanceOf(shown)
    const taken = database.get('SELECT name, archived FROM rooms WHERE appearance = ? AND id <> ?', appearance, roomId)
    if (taken) {
      const what = taken['archived'] === 1 ? 'an archived room' : 'a room'
      throw new Refusal('name_taken', `There's already ${what} called ${taken['name']}.`)
    }
    return { name: shown, appearance }
  }

  /** The room as this row has it now, to be announced. */
  function changed(row: Row | undefined): Room {
    if (!row) throw noRoom()
    const room = toRoom(row, defaultRoomOf(database))
    changes.inRoom(room.id, { type: 'room:changed', room })
    return room
  }

  function insertRoom(room: {
    kind: Room['kind']
    name: string
    appearance: string | null
    topic: string
    directKey: string | null
    madeBy: string | null
  }) {
    const [id, now] = [newId(), Date.now()]
    database.run(
      `INSERT INTO rooms (id, kind, name, appearance, topic, direct_key, room_rev, rev, seq, created_at, active_at, made_by)
       VALUES (?, ?, ?, ?, ?, ?, 1, 1, 0, ?, ?, ?)`,
      id,
      room.kind,
      room.name,
      room.appearance,
      room.topic,
      room.directKey,
      now,
      now,
      room.madeBy,
    )
    return id
  }

  return {
    'rooms.create'({ name, topic, personId, isPrivate = false }: Parameters<Store['rooms']['create']>[0]): MyRoom {
      const id = insertRoom({
        kind: isPrivate ? 'private' : 'public',
        ...named(name, isPrivate),
        topic: topic.trim(),
        directKey: null,
        madeBy: personId,
      })
      enter(id, personId)
      return mine(personId, id)
    },

    'rooms.rename'(roomId: string, name: string, by?: string): Room {
      const before = opened(roomId)
      if (before.kind === 'direct') throw new Refusal('forbidden', 'A conversation has no name of its own.')
      const { name: shown, appearance } = named(name, before.kind === 'private', roomId)
      audit(database, { action: 'room:rename', by, roomId, details: { from: before.name, to: shown } })
      return changed(
        database.get(
          'UPDATE rooms SET name = ?, appearance = ?, room_rev = ? WHERE id = ? RETURNING *',
          shown,
          appearance,
          nextRev(roomId),
          roomId,
        ),
      )
    },

    'rooms.add'(roomId: string, personId: string, by?: string): void {
      if (by !== undefined) mustBeIn(database, roomId, by)
      if (opened(roomId).kind === 'direct')
        throw new Refusal('forbidden', 'Nobody is brought into a conversation: begin another one with all of them.')
      hereOf(database, personId)
      enter(roomId, personId)
    },

    'rooms.join'(roomId: string, personId: string): MyRoom {
      const room = known(roomId)
      if (room.kind !== 'public') throw noRoom()
      mustBeOpen(room)
      enter(roomId, personId)
      return mine(personId, roomId)
    },

    'rooms.leave'(roomId: string, personId: string, by?: string): void {
      const { room } = mine(personId, roomId)
      if (room.isDefault) throw new Refusal('forbidden', 'Everybody is in this room, and nobody leaves it.')
      if (room.people.length === 2) throw new Refusal('forbidden', 'A conversation of two cannot be left.')
      leave(roomId, personId)
      if (by !== personId) audit(database, { action: 'room:remove', by, personId, roomId })
    },

    'rooms.setTopic'(roomId: string, topic: string): Room {
      opened(roomId)
      const rev = nextRev(roomId)
      return changed(
        database.get('UPDATE rooms SET topic = ?, room_rev = ? WHERE id = ? RETURNING *', topic.trim(), rev, roomId),
      )
    },

    'rooms.setWriting'({ roomId, whoWrites, slowMode, by }: Parameters<Store['rooms']['setWriting']>[0]): Room {
      const before = opened(roomId)
      if (before.kind === 'direct') throw new Refusal('forbidden', 'In a conversation everybody writes.')
      const after = { whoWrites: whoWrites ?? before.whoWrites, slowMode: slowMode ?? before.slowMode }
      if (after.whoWrites === before.whoWrites && after.slowMode === before.slowMode) return before
      audit(database, { action: 'room:writing', by, roomId, details: after })
      return changed(
        database.get(
          'UPDATE rooms SET who_writes = ?, slow_mode = ?, room_rev = ? WHERE id = ? RETURNING *',
          after.whoWrites,
          after.slowMode,
          nextRev(roomId),
          roomId,
        ),
      )
    },

    'rooms.setPreviews'({ roomId, on, by }: Parameters<Store['rooms']['setPreviews']>[0]): Room {
      const before = opened(roomId)
      if (before.kind === 'direct') throw new Refusal('forbidden', 'In a conversation links stand for themselves.')
      if ((before.previews ?? false) === on) return before
      audit(database, { action: 'preview:allow', by, roomId, details: { on } })
      return changed(
        database.get(
          'UPDATE rooms SET previews = ?, room_rev = ? WHERE id = ? RETURNING *',
          on ? 1 : 0,
          nextRev(roomId),
          roomId,
        ),
      )
    },

    'rooms.archive'(roomId: string, archived: boolean, by?: string): Room {
      const before = known(roomId)
      mustBeOneOfMany(before)
      if (before.archived === archived) return before
      audit(database, { action: 'room:archive', by, roomId, details: { archived } })
      return changed(
        database.get(
          'UPDATE rooms SET archived = ?, room_rev = ? WHERE id = ? RETURNING *',
          archived ? 1 : 0,
          nextRev(roomId),
          roomId,
        ),
      )
    },

    /** At once nobody is in it and nobody finds it; its rows go piece by piece, in removal.ts. */
    'rooms.remove'(roomId: string, by?: string): void {
      const room = known(roomId)
      mustBeOneOfMany(room)
      leaveTraces(database)
      // Where others may not know of it, it has no name afterwards either.
      const seen = room.kind === 'public' ? { roomId, details: { name: room.name } } : {}
      audit(database, { action: 'room:delete', by, ...seen })
      database.run('DELETE FROM purge_rooms WHERE room_id = ?', roomId)
      if (database.all('DELETE FROM reports WHERE room_id = ? RETURNING id', roomId).length > 0) changes.reported()
      database.run('DELETE FROM members WHERE room_id = ?', roomId)
      database.run(
        `UPDATE rooms SET kind = 'deleted', name = '', appearance = NULL, topic = '', made_by = NULL WHERE id = ?`,
        roomId,
      )
      // Links that led there lead to what is left, and those of guests, who would be nowhere, to nothing.
      for (const { id, roomIds } of invitesWhere(database, 'instr(room_ids, ?) > 0', JSON.stringify(roomId)))
        database.run(
          'UPDATE invites SET room_ids = ? WHERE id = ?',
          JSON.stringify(roomIds.filter((one) => one !== roomId)),
          id,
        )
      database.run(`UPDATE invites SET revoked = 1 WHERE role = 'guest' AND room_ids = '[]'`)
      changes.deletedRoom(roomId)
    },

    'rooms.direct'(personId: string, ...otherIds: string[]): MyRoom {
      const ids = [...new Set([personId, ...otherIds])]
      if (ids.length < 2) throw new Refusal('invalid', 'That is you.')
      if (ids.length > DIRECT_PEOPLE)
        throw new Refusal('invalid', `A conversation is of ${DIRECT_PEOPLE} people at most: make a room for more.`)
      for (const id of ids) hereOf(database, id)
      const directKey = directKeyOf(ids)
      const before = database.get('SELECT id FROM rooms WHERE direct_key = ?', directKey)
      const id = before
        ? String(before['id'])
        : insertRoom({ kind: 'direct', name: '', appearance: null, topic: '', directKey, madeBy: null })
      for (const somebody of ids) enter(id, somebody, !before)
      return mine(personId, id)
    },
  }
}
