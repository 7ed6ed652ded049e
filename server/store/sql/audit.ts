import type { AuditEntry } from '../../../protocol/audit.ts'
import type { Database } from './database.ts'

type Act = {
  /** The request that does it. */
  action: string
  /** Nothing is noted of what nobody in the place does. */
  by: string | undefined
  personId?: string
  roomId?: string | null
  /** Never what people wrote. */
  details?: AuditEntry['details']
}

/** Notes what somebody does who looks after the place or a room. To be called in the transaction in which it is done. */
export function audit(database: Database, { action, by, personId, roomId, details = {} }: Act): void {
  if (by === undefined) return
  database.run(
    'INSERT INTO audit (at, action, made_by, person_id, room_id, details) VALUES (?, ?, ?, ?, ?, ?)',
    Date.now(),
    action,
    by,
    personId ?? null,
    roomId ?? null,
    JSON.stringify(details),
  )
}
