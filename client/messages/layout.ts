import { dayKey } from '../ui/time.ts'
import type { MessageRow, Row } from './useRoom.ts'

/** Messages of one author within this time stand together. Milliseconds. */
const GROUP = 5 * 60_000

export type Item =
  | { type: 'message'; row: MessageRow; first: boolean }
  | { type: 'notice'; row: Extract<Row, { type: 'notice' }> }
  | { type: 'new'; since: number }

export type Day = { key: string; at: number; items: Item[] }

/** Rows as they stand on the page: by day, grouped by author, with the New line where reading stopped. */
export function layOut(rows: readonly Row[], lineAfter: number | null): Day[] {
  const days: Day[] = []
  let before: MessageRow | null = null
  let lined = lineAfter === null
  for (const row of rows) {
    const at = row.type === 'notice' ? row.at : row.sentAt
    let day = days.at(-1)
    if (row.type === 'notice') {
      before = null
      if (!day) days.push((day = { key: dayKey(Date.now()), at: Date.now(), items: [] }))
      day.items.push({ type: 'notice', row })
      continue
    }
    if (day?.key !== dayKey(at)) {
      days.push((day = { key: dayKey(at), at, items: [] }))
      before = null
    }
    if (!lined && row.seq !== null && row.seq > (lineAfter ?? 0) && !row.own) {
      lined = true
      before = null
      day.items.push({ type: 'new', since: at })
    }
    const first = before === null || before.author.id !== row.author.id || at - before.sentAt > GROUP
    day.items.push({ type: 'message', row, first })
    before = row
  }
  return days
}
