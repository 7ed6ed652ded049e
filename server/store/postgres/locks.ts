import type { Command } from '../sql/committing.ts'
import type { Database } from '../sql/database.ts'
import type { OperationName, Operations } from '../sql/operations.ts'

/**
 * The operations of store/sql/ are written for one writer: between what they ask and what they do nothing may come. So whatever
 * concerns more than what is inside some rooms goes alone, on all nodes; and everything else, which is nearly all there is, only
 * waits for others in the same rooms. Locks are taken before anything is read, and end with the transaction.
 */

type In = { roomId: string }
type Rooms = { [K in OperationName]?: (...values: Parameters<Operations[K]>) => string[] }

const ofRoom = ({ roomId }: In) => [roomId]
const none = () => []

/** In which rooms all is that an operation looks at and changes; of what is not named it is not known. */
const WITHIN: Rooms = {
  'messages.append': ({ roomId, forward }) => (forward ? [roomId, forward.roomId] : [roomId]),
  'messages.edit': ofRoom,
  'messages.remove': ofRoom,
  'messages.restore': ofRoom,
  'reactions.set': ofRoom,
  'polls.vote': ofRoom,
  'polls.close': ofRoom,
  'pins.set': ofRoom,
  'saved.set': ofRoom,
  'drafts.set': ofRoom,
  'reads.advance': ofRoom,
  'push.told': (roomId) => [roomId],
  'push.withdraw': (roomId) => [roomId],
  'push.setAlerts': ofRoom,
  'sessions.seen': none,
  probe: none,
}

/** Null where it is not known. */
function roomsOf({ operation, values }: Command): string[] | null {
  const within = WITHIN[operation] as ((...values: unknown[]) => string[]) | undefined
  return within ? within(...values) : null
}

/** Of the database as a whole, by number: for what goes alone, for a new version, and for the one keeper who works. */
export const LOCKS = { place: 1, migrating: 2, keeping: 3 }

export function takeLocks(database: Database, commands: readonly Command[]): void {
  const rooms = new Set<string>()
  for (const command of commands) {
    const within = roomsOf(command)
    if (!within) return database.run('SELECT pg_advisory_xact_lock(?)', LOCKS.place)
    for (const roomId of within) rooms.add(roomId)
  }
  database.run('SELECT pg_advisory_xact_lock_shared(?)', LOCKS.place)
  if (rooms.size === 0) return
  // In one order, or two would wait for each other.
  database.run(
    'SELECT 1 FROM rooms WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id FOR NO KEY UPDATE',
    JSON.stringify([...rooms]),
  )
}
