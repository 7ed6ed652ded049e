import { Refusal } from '../../../protocol/errors.ts'
import type { Room } from '../../../protocol/rooms.ts'
import { mustBeWritable } from '../../whoWrites.ts'
import { noRoom } from './authority.ts'
import type { Row } from './database.ts'
import { toRoom } from './queries.ts'

/**
 * Whoever wrote in a slow room a moment ago waits. A clock that was set back since keeps nobody waiting for longer than the
 * room's rule.
 */
export function mustNotBeSoon(wroteAt: number, now: number, seconds: number): void {
  const since = now - wroteAt
  const wait = seconds * 1000 - since
  if (since < 0 || wait <= 0) return
  const left = Math.ceil(wait / 1000)
  throw new Refusal('rate_limited', `You can write again in ${left} ${left === 1 ? 'second' : 'seconds'}.`, wait)
}

/** The room that this row is, if it may be written in. Asked here, where no other change comes between. */
export function mustTake(row: Row | undefined, manages: boolean): Room {
  if (!row || row['kind'] === 'deleted') throw noRoom()
  const room = toRoom(row, '')
  mustBeWritable(room, manages)
  return room
}
