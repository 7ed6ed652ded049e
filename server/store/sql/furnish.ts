import { appearanceOf } from '../../names/names.ts'
import type { Database } from './database.ts'
import { newId } from './ids.ts'

/** Gives a database that nobody has used its first room, and what it knows of itself. */
export function furnish(database: Database, defaultRoom: string): void {
  const [roomId, now] = [newId(), Date.now()]
  database.run(
    `INSERT INTO rooms (id, kind, name, appearance, topic, room_rev, rev, seq, created_at, active_at)
     VALUES (?, 'public', ?, ?, '', 1, 1, 0, ?, ?)`,
    roomId,
    defaultRoom,
    appearanceOf(defaultRoom),
    now,
    now,
  )
  const meta = { log_id: newId(), people_rev: 0, default_room: roomId }
  for (const [key, value] of Object.entries(meta)) database.run('INSERT INTO meta VALUES (?, ?)', key, value)
}

/** Whoever remembers something of the log before drops it and starts over. */
export function beginNewLog(database: Database): void {
  database.run(`UPDATE meta SET value = ? WHERE key = 'log_id'`, newId())
}
