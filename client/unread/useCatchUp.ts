import { useState } from 'react'
import { UNREAD_LIMIT } from '../../protocol/limits.ts'
import { saidWith } from '../mentions/plain.ts'
import { useRooms, type RoomRow } from '../rooms/useRooms.ts'
import { useStore } from '../socket/useSocket.ts'
import { arrange, type Line } from './lines.ts'
import { useLines } from './useLines.ts'
import { useReading } from './useReading.ts'
import { words } from '../ui/words.ts'

export type UnreadRoom = RoomRow & {
  lines: readonly (Line & { by: string })[]
  /** Unread messages beyond the lines, and whether there are so many that nobody has counted them. */
  more: number
  uncounted: boolean
}

/** Every room with something unread, in an order that does not change while somebody reads. */
export function useCatchUp() {
  const { rooms, direct } = useRooms()
  const state = useStore((all) => all.rooms)
  const people = useStore((all) => all.people)
  const reading = useReading()
  const [order, setOrder] = useState<readonly string[]>([])

  const waiting = [...rooms, ...direct].filter(({ unread, forYou, isMuted }) => unread > 0 && (!isMuted || forYou > 0))
  const next = arrange(order, waiting)
  if (next !== order) setOrder(next)
  const rows = new Map([...rooms, ...direct].map((row) => [row.id, row]))
  const { lines, wantMore, forget } = useLines(next.filter((id) => (rows.get(id)?.unread ?? 0) > 0))

  const shown: UnreadRoom[] = []
  for (const id of next) {
    const row = rows.get(id)
    const found = lines[id]
    if (!row || (!found && row.unread === 0)) continue
    // What is below waits until this is here: then nothing pushes it down.
    if (!found) break
    const readUpTo = state[id]?.unread.readUpTo ?? 0
    const unreadLines = found.filter(({ seq, deleted }) => seq > readUpTo && !deleted).length
    shown.push({
      ...row,
      lines: found.map((line) => ({
        ...line,
        by: people[line.authorId]?.name ?? '',
        text: words.asked(line.poll, saidWith(people, line.text)),
      })),
      more: Math.max(0, row.unread - unreadLines),
      uncounted: row.unread >= UNREAD_LIMIT,
    })
  }

  function leave(ids: readonly string[]): void {
    setOrder((all) => all.filter((id) => !ids.includes(id)))
    forget(ids)
  }

  return {
    shown,
    messages: waiting.reduce((sum, { unread }) => sum + unread, 0),
    rooms: waiting.length,
    wantMore,
    markRead({ id, name }: RoomRow): void {
      reading.markRead([id], name)
      leave([id])
    },
    markAllRead(): void {
      reading.markAllRead()
      leave(next)
    },
  }
}
