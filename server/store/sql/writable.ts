import { Refusal } from '../../../protocol/errors.ts'
import { ROOM_KINDS, WRITERS } from '../../../protocol/choices.ts'
import { mustBeWritable } from '../../whoWrites.ts'
import { isManager } from '../managers.ts'
import { noRoom } from './authority.ts'
import type { Row } from './database.ts'
import { oneOf } from './queries.ts'

/** What of a room says whether somebody may write in it. */
export const WRITABLE = 'kind, made_by, archived, who_writes, slow_mode'

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

/** The room of this row may be written in by them. Asked here, where no other change comes between. */
export function mustTake(
  row: Row | undefined,
  { personId, looksAfter }: { personId: string; looksAfter: boolean },
): { slowMode: number; manages: boolean } {
  if (!row || row['kind'] === 'deleted') throw noRoom()
  const manages = isManager(personId, looksAfter, { kind: oneOf(ROOM_KINDS, row['kind']), madeBy: row['made_by'] })
  mustBeWritable({ archived: row['archived'] === 1, whoWrites: oneOf(WRITERS, row['who_writes']) }, manages)
  return { slowMode: Number(row['slow_mode']), manages }
}
