import { monotonicNow } from '../sql/clock.ts'
import { inOneTransaction, type Database } from '../sql/database.ts'
import { leaveTraces } from '../sql/traces.ts'

/** So many rows go in one transaction: tens of milliseconds. */
const PIECE = 200
/** Before what failed is tried again. Milliseconds. */
const AGAIN = 5_000

type Table = { name: string; key: string }

/**
 * Every table that says of which room its rows are, and how a row of it is told from others; messages last: others refer to
 * them. What was done by those who look after the place is kept.
 */
const tablesOf = (database: Database): Table[] =>
  database
    .all(
      `SELECT name, CASE WHEN wr THEN (SELECT group_concat('"' || c.name || '"') FROM pragma_table_info(t.name) c WHERE c.pk > 0)
                    ELSE 'rowid' END AS key
       FROM pragma_table_list t WHERE schema = 'main' AND type = 'table' AND name <> 'audit'
       AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) c WHERE c.name = 'room_id')
       ORDER BY name = 'messages', name`,
    )
    .map(({ name, key }) => ({ name: String(name), key: String(key) }))

/** Returns whether there was anything left. */
function removePiece(database: Database, tables: Table[], roomId: string): boolean {
  return tables.some(
    ({ name, key }) =>
      database.all(
        `DELETE FROM "${name}" WHERE (${key}) IN (SELECT ${key} FROM "${name}" WHERE room_id = ? LIMIT ${PIECE}) RETURNING 1`,
        roomId,
      ).length > 0,
  )
}

/** Takes the rows of deleted rooms away, a piece at a time and no more than half of the time: whoever writes goes on writing. */
export function createRemoval(database: Database, attempt: (task: () => void) => void, removed: () => void) {
  const tables = tablesOf(database)
  let timer: NodeJS.Timeout | undefined

  function work(): void {
    timer = setTimeout(work, AGAIN)
    attempt(() => {
      const since = monotonicNow()
      const more = removeSome()
      clearTimeout(timer)
      timer = more ? setTimeout(work, monotonicNow() - since) : undefined
    })
  }

  const next = () => database.get(`SELECT id FROM rooms WHERE kind = 'deleted' LIMIT 1`)

  function removeSome(): boolean {
    const room = next()
    if (!room) return false
    const roomId = String(room['id'])
    inOneTransaction(database, () => {
      leaveTraces(database)
      if (!removePiece(database, tables, roomId)) database.run('DELETE FROM rooms WHERE id = ?', roomId)
    })
    removed()
    return true
  }

  const look = () => {
    timer ??= setTimeout(work, 0)
  }
  // Whoever was here before may have been ended in between.
  look()
  return { look, isOver: () => next() === undefined, end: () => clearTimeout(timer) }
}
