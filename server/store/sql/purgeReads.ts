import { PURGE_STATES } from '../../../protocol/choices.ts'
import { UNDO_MS } from '../../../protocol/limits.ts'
import type { Purge } from '../../../protocol/moderation.ts'
import type { Database, Row } from './database.ts'
import { oneOf } from './queries.ts'

const toPurge = (row: Row): Purge => ({
  id: String(row['id']),
  personId: String(row['person_id']),
  roomId: row['room_id'] === null ? null : String(row['room_id']),
  by: String(row['made_by']),
  at: Number(row['at']),
  undoUntil: Number(row['at']) + UNDO_MS,
  done: Number(row['done']),
  state: oneOf(PURGE_STATES, row['state']),
})

export const purgesWhere = (database: Database, which: string, ...values: (string | number)[]): Purge[] =>
  database.all(`SELECT * FROM purges WHERE ${which}`, ...values).map(toPurge)
