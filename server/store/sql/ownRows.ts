import type { Database, Row } from './database.ts'
import { headOf } from './queries.ts'

/** So many rows of one room are read at a time. */
const PORTION = 16

export const saidOf = (row: Row | undefined) => Number(row?.['said'] ?? -Infinity)

/** What is in these rooms, newest first, without a look at any other room. `rowsBelow`: of one room, the newest below there. */
export function* newestIn(
  rooms: Iterable<string>,
  to: number,
  rowsBelow: (roomId: string, said: number, most: number) => Row[],
): Generator<Row> {
  const portions = [...rooms].map((roomId) => rowsBelow(roomId, to, PORTION)).filter((rows) => rows.length > 0)
  while (portions.length > 0) {
    const next = portions.reduce((a, b) => (saidOf(b[0]) > saidOf(a[0]) ? b : a))
    const row = next.shift()
    if (!row) break
    yield row
    if (next.length === 0) next.push(...rowsBelow(String(row['room_id']), saidOf(row), PORTION))
    if (next.length === 0) portions.splice(portions.indexOf(next), 1)
  }
}

/** The newest message of these rooms that was said before that one; null if there is none. In each room, later ones have higher numbers. */
export function newestBelow(database: Database, rooms: Iterable<string>, said: number): Row | null {
  const messageAt = (roomId: string, seq: number) =>
    database.get('SELECT said, room_id, seq FROM messages WHERE room_id = ? AND seq = ?', roomId, seq)
  let newest: Row | null = null
  for (const roomId of rooms) {
    let [low, high] = [0, headOf(database, roomId).seq]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (saidOf(messageAt(roomId, middle)) < said) low = middle
      else high = middle - 1
    }
    const row = messageAt(roomId, low)
    // What is not numbered yet cannot be found yet either.
    if (row?.['said'] != null && (!newest || saidOf(row) > saidOf(newest))) newest = row
  }
  return newest
}

/** Of both, newest first, each once. */
export function* newestOf(some: Iterable<Row>, others: Iterable<Row>): Generator<Row> {
  const rest = some[Symbol.iterator]()
  let one = rest.next()
  for (const other of others) {
    for (; !one.done && saidOf(one.value) >= saidOf(other); one = rest.next())
      if (saidOf(one.value) > saidOf(other)) yield one.value
    yield other
  }
  for (; !one.done; one = rest.next()) yield one.value
}
