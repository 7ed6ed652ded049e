import type { ReadPosition } from '../../../protocol/unread.ts'
import type { Store } from '../store.ts'
import { noRoom } from './authority.ts'
import type { Database } from './database.ts'
import type { Changes } from './gathering.ts'
import { countsOf, toRoom } from './queries.ts'

/** What changes how far somebody has read. */
export function createReadOperations(database: Database, changes: Changes) {
  return {
    'reads.advance'({ roomId, personId, seq, rev }: Parameters<Store['reads']['advance']>[0]): ReadPosition {
      const row = database.get(
        `SELECT r.*, m.read_up_to, m.read_rev FROM members m JOIN rooms r ON r.id = m.room_id
         WHERE m.room_id = ? AND m.person_id = ? AND m.present = 1`,
        roomId,
        personId,
      )
      if (!row) throw noRoom()
      const [readUpTo, readRev, head] = [Number(row['read_up_to']), Number(row['read_rev']), Number(row['seq'])]
      const [wanted, wantedRev] = [Math.min(seq, head), rev ?? readRev]
      const isNewer = wantedRev > readRev || (wantedRev === readRev && wanted > readUpTo)
      const stored = isNewer ? { readUpTo: wanted, rev: wantedRev } : { readUpTo, rev: readRev }
      const { kind } = toRoom(row, '')
      const counts = countsOf(database, { roomId, kind, personId, readUpTo: stored.readUpTo })
      const position = { roomId, ...stored, ...counts, seq: head }
      if (isNewer) {
        database.run(
          'UPDATE members SET read_up_to = ?, read_rev = ? WHERE room_id = ? AND person_id = ?',
          stored.readUpTo,
          stored.rev,
          roomId,
          personId,
        )
        changes.alone({ personId, event: 'read:advanced', payload: position })
      }
      return position
    },
  }
}
