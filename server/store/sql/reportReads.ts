import { OUTCOMES } from '../../../protocol/choices.ts'
import type { Report } from '../../../protocol/reports.ts'
import type { Database, Row } from './database.ts'
import { oneOf } from './queries.ts'

/** Of a room `r`: whether the person in the parameter ?1 may know of it. */
export const SEES = `(r.kind = 'public' OR EXISTS (
  SELECT 1 FROM members WHERE room_id = r.id AND person_id = ?1 AND present = 1))`

export const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const numberOrNull = (value: unknown): number | null => (value === null ? null : Number(value))

const toReport = (row: Row): Report => ({
  id: String(row['id']),
  at: Number(row['at']),
  room:
    typeof row['seen_room'] === 'string'
      ? { id: row['seen_room'], name: String(row['room_name']), seq: Number(row['seq']) }
      : null,
  authorId: String(row['author_id']),
  reporterId: String(row['reporter_id']),
  body: String(row['body']),
  reason: String(row['reason']),
  outcome: row['outcome'] === null ? null : oneOf(OUTCOMES, row['outcome']),
  resolvedBy: textOrNull(row['resolved_by']),
  resolvedAt: numberOrNull(row['resolved_at']),
})

/** As this reader may see them: they are ?1, the first of the values ?2. Nobody looks after what they wrote themselves. */
export const reportsWhere = (database: Database, reader: string, which: string, ...values: (string | number)[]) =>
  database
    .all(
      `SELECT reports.*, r.id AS seen_room, r.name AS room_name FROM reports
       LEFT JOIN rooms r ON r.id = reports.room_id AND ${SEES} WHERE author_id <> ?1 AND ${which}`,
      reader,
      ...values,
    )
    .map(toReport)
