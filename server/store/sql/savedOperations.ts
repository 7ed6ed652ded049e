import { Refusal } from '../../../protocol/errors.ts'
import { SAVED } from '../../../protocol/limits.ts'
import type { Saved } from '../saved.ts'
import { hereOf } from './authority.ts'
import type { Database } from './database.ts'
import type { Changes } from './gathering.ts'
import { roomRowOf } from './queries.ts'

/** What people keep for later. */
export function createSavedOperations(database: Database, changes: Changes) {
  function keep(personId: string, roomId: string, seq: number): boolean {
    const there =
      roomRowOf(database, roomId) &&
      database.get('SELECT 1 FROM messages WHERE room_id = ? AND seq = ? AND deleted = 0', roomId, seq)
    if (!there) throw new Refusal('not_found', 'No such message.')
    const { n } = database.get('SELECT count(*) AS n FROM saved WHERE person_id = ?', personId) ?? {}
    const row = database.get(
      'INSERT INTO saved (person_id, room_id, seq, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING seq',
      personId,
      roomId,
      seq,
      Date.now(),
    )
    if (row && Number(n) >= SAVED)
      throw new Refusal('forbidden', `You have kept ${SAVED} messages, which is the most: let go of some first.`)
    return row !== undefined
  }

  const letGo = (personId: string, roomId: string, seq: number): boolean =>
    database.get(
      'DELETE FROM saved WHERE person_id = ? AND room_id = ? AND seq = ? RETURNING seq',
      personId,
      roomId,
      seq,
    ) !== undefined

  return {
    'saved.set'({ personId, roomId, seq, on }: Parameters<Saved['set']>[0]): void {
      hereOf(database, personId)
      const changed = on ? keep(personId, roomId, seq) : letGo(personId, roomId, seq)
      if (changed) changes.alone({ personId, event: 'saved:changed', payload: { roomId, seq, on } })
    },
  }
}
