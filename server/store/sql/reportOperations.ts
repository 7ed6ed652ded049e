import { Refusal } from '../../../protocol/errors.ts'
import type { Report } from '../../../protocol/reports.ts'
import type { Reports } from '../moderation.ts'
import { audit } from './audit.ts'
import type { Database, Row } from './database.ts'
import { filesOf } from './fileReads.ts'
import type { Changes } from './gathering.ts'
import { reportsWhere } from './reportReads.ts'
import { newId } from './ids.ts'
import { leaveTraces } from './traces.ts'

/** Its words, and what its files are called. */
const bodyOf = (message: Row): string =>
  [message['body'], ...(filesOf(message) ?? []).map(({ name }) => name)].filter(Boolean).join('\n')

/** What people ask those to look at who look after the place. */
export function createReportOperations(database: Database, changes: Changes) {
  return {
    'reports.make'({ roomId, seq, reporterId, reason }: Parameters<Reports['make']>[0]): void {
      const message = database.get(
        'SELECT author_id, body, files FROM messages WHERE room_id = ? AND seq = ? AND deleted = 0',
        roomId,
        seq,
      )
      if (!message) throw new Refusal('not_found', 'No such message.')
      const made = database.get(
        `INSERT INTO reports (id, at, room_id, seq, author_id, reporter_id, body, reason)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (room_id, seq, reporter_id) DO NOTHING RETURNING id`,
        newId(),
        Date.now(),
        roomId,
        seq,
        String(message['author_id']),
        reporterId,
        bodyOf(message),
        reason.trim(),
      )
      if (made) changes.reported()
    },

    'reports.resolve'({ id, outcome, by }: Parameters<Reports['resolve']>[0]): Report {
      const row = database.get('SELECT * FROM reports WHERE id = ? AND author_id <> ?', id, by)
      if (!row) throw new Refusal('not_found', 'No such report.')
      if (row['outcome'] === null) {
        const [roomId, seq] = [String(row['room_id']), Number(row['seq'])]
        // A copy is kept for as long as somebody has to look at it.
        leaveTraces(database)
        database.run(
          `UPDATE reports SET outcome = ?, resolved_by = ?, resolved_at = ?, body = '', reason = ''
           WHERE room_id = ? AND seq = ? AND outcome IS NULL`,
          outcome,
          by,
          Date.now(),
          roomId,
          seq,
        )
        const isPublic = database.get(`SELECT 1 FROM rooms WHERE id = ? AND kind = 'public'`, roomId)
        audit(database, {
          action: 'report:resolve',
          by,
          personId: String(row['author_id']),
          // Whoever reads it may not know of other rooms.
          roomId: isPublic ? roomId : null,
          details: { outcome },
        })
        changes.reported()
      }
      const [report] = reportsWhere(database, by, 'reports.id = ?2', id)
      if (!report) throw new Error('What was just written is there.')
      return report
    },
  }
}
