import { dayKey } from '../ui/time.ts'
import type { MessageRow, NoticeRow, Row } from './rows.ts'

/** Messages of one author within this time stand together. Milliseconds. */
const GROUP = 5 * 60_000

type Item =
  | { type: 'message'; row: MessageRow; first: boolean }
  | { type: 'deleted'; rows: MessageRow[] }
  | { type: 'notice'; row: NoticeRow }
  | { type: 'new'; since: number }

type Day = { key: string; at: number; items: Item[] }

/**
 * Rows as they stand on the page: by day, grouped by author, deleted ones next to each other as one, with the New line below message `lineAfter`, where reading
 * stopped. Without that place on the page there is no line: it stands further up or down.
 */
export function layOut(rows: readonly Row[], lineAfter: number | null): Day[] {
  const days: Day[] = []
  let before: MessageRow | null = null
  let lined =
    lineAfter === null || !rows.some((row) => row.type === 'message' && row.seq !== null && row.seq <= lineAfter + 1)
  for (const row of rows) {
    let day = days.at(-1)
    if (row.type === 'notice') {
      before = null
      if (!day) days.push((day = { key: dayKey(Date.now()), at: Date.now(), items: [] }))
      day.items.push({ type: 'notice', row })
      continue
    }
    const { sentAt, seq, own, author, deleted, said } = row
    if (!day || day.key !== dayKey(sentAt)) {
      // Clocks are only shown, never ordered by: one that ran backwards for a while makes no day appear twice.
      const known = days.find(({ key }) => key === dayKey(sentAt))
      if (!day || !known) days.push((day = { key: dayKey(sentAt), at: sentAt, items: [] }))
      before = null
    }
    if (deleted) {
      before = null
      const last = day.items.at(-1)
      if (last?.type === 'deleted') last.rows.push(row)
      else day.items.push({ type: 'deleted', rows: [row] })
      continue
    }
    if (!lined && seq !== null && seq > (lineAfter ?? 0) && !own) {
      lined = true
      before = null
      day.items.push({ type: 'new', since: sentAt })
    }
    const first: boolean =
      before === null || before.author.id !== author.id || sentAt - before.sentAt > GROUP || said.replyTo !== undefined
    day.items.push({ type: 'message', row, first })
    before = row
  }
  return days
}
