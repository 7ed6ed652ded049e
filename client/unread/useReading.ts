import { useSocket } from '../socket/useSocket.ts'
import { more } from '../ui/moreWords.ts'
import { offer } from '../ui/toasts.ts'
import { putBack } from './putBack.ts'
import { countsOf, quietFor } from './unread.ts'

/** Reading without looking, and taking it back. */
export function useReading() {
  const { store } = useSocket()

  function countsIn(roomId: string): { unread: number; forYou: number } {
    const { rooms, me, moderation } = store.getState()
    const room = rooms[roomId]
    return room && me ? countsOf(room, quietFor(me, moderation)) : { unread: 0, forYou: 0 }
  }

  /** Reads all of these rooms, and offers to put each back to exactly where it was. `name`: if it is one. */
  function markRead(roomIds: readonly string[], name?: string): void {
    const { rooms } = store.getState()
    const before = roomIds.flatMap((roomId) => {
      const [room, counts] = [rooms[roomId], countsIn(roomId)]
      return room && counts.unread > 0
        ? [{ roomId, counts, readUpTo: room.unread.readUpTo, head: room.timeline.head.seq }]
        : []
    })
    if (before.length === 0) return
    for (const { roomId, head } of before) store.dispatch({ type: 'read', roomId, readUpTo: head })
    offer({
      text: name === undefined ? more.everythingRead : more.roomRead(name),
      act: more.undo,
      onAct() {
        for (const { roomId, readUpTo, counts } of before) {
          const room = store.getState().rooms[roomId]
          if (!room) continue
          // With what has come meanwhile.
          const now = countsIn(roomId)
          const sum = { unread: counts.unread + now.unread, forYou: counts.forYou + now.forYou }
          const unread = putBack(room.unread, readUpTo, sum, room.timeline.head.seq)
          store.dispatch({ type: 'unread', roomId, unread })
        }
      },
    })
  }

  return { markRead, markAllRead: () => markRead(Object.keys(store.getState().rooms)) }
}
