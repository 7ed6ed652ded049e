import { Refusal } from '../../../protocol/errors.ts'
import type { Person, Role } from '../../../protocol/people.ts'
import { mustBeAbove, mustBeAtLeast } from '../../ranks.ts'
import { muted } from '../muted.ts'
import type { Database } from './database.ts'
import { isIn, peopleById } from './queries.ts'

export const noRoom = () => new Refusal('not_found', 'No such room.')
export const noMessage = () => new Refusal('not_found', 'No such message.')
export const noPerson = () => new Refusal('not_found', 'No such person.')

/** Whoever was ever here. */
export function personOf(database: Database, id: string): Person {
  const [person] = peopleById(database, [id])
  if (!person) throw noPerson()
  return person
}

/**
 * What a handler has seen may be over when its operation begins: somebody was taken out of a room, or has another role, by what
 * was waiting before. So it is asked again here, where nothing comes between asking and doing.
 */
export function mustBeIn(database: Database, roomId: string, personId: string): void {
  if (!isIn(database, roomId, personId)) throw noRoom()
}

/** Whoever is here by now: of those who were removed, nothing is kept that was on its way. */
export function hereOf(database: Database, id: string): Person {
  const person = personOf(database, id)
  if (person.gone) throw noPerson()
  return person
}

/** Of a room and a person. */
export const MAY_WRITE = `SELECT m.wrote_at, EXISTS (SELECT 1 FROM drafts WHERE room_id = ?1 AND person_id = ?2) AS drafts,
    (SELECT max(until) FROM mutes WHERE person_id = ?2 AND room_id IN ('', ?1)) AS until
  FROM members m JOIN people p ON p.id = m.person_id AND p.gone = 0
  WHERE m.room_id = ?1 AND m.person_id = ?2 AND m.present = 1`

/** Is in the room, and muted neither there nor everywhere. Returns when they last wrote there, or 0, and whether they have drafts there. */
export function mustBeAllowedToWrite(
  database: Database,
  roomId: string,
  personId: string,
): { wroteAt: number; hasDrafts: boolean } {
  const row = database.get(MAY_WRITE, roomId, personId)
  if (!row) throw noRoom()
  const until = Number(row['until'])
  if (until > Date.now()) throw muted(until)
  return { wroteAt: Number(row['wrote_at']), hasDrafts: row['drafts'] === 1 }
}

/** Looks after the place still, and stands above each of these roles; nobody in particular may do anything. */
export function mustRule(database: Database, by: string | undefined, ...roles: readonly Role[]): void {
  if (by === undefined) return
  const me = hereOf(database, by)
  mustBeAtLeast(me, 'admin')
  for (const role of roles) mustBeAbove(me, role)
}
