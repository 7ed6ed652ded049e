import { useEffect, useRef, useState } from 'react'
import type { RoomState } from '../rooms/roomState.ts'
import { useOnline } from '../socket/useOnline.ts'
import { useSocket } from '../socket/useSocket.ts'
import { holdsAll, quietFor } from './unread.ts'
import { changedLines, changeLines, LINES, linesOf, type Line } from './lines.ts'

/** So many rooms are asked for at once, each in a request that is bounded itself. */
const AT_ONCE = 5
/** One's own messages may stand between what is unread. */
const PAGE = 2 * LINES

type Found = Readonly<Record<string, readonly Line[]>>

/**
 * The unread lines of these rooms, one after the other as somebody comes to see them. Without a connection it is what this tab
 * knows of them.
 */
export function useLines(roomIds: readonly string[]) {
  const { store, request, listen } = useSocket()
  const online = useOnline()
  const wasOnline = useRef(online)
  const [lines, setLines] = useState<Found>({})
  const [wanted, setWanted] = useState(AT_ONCE)

  async function find(roomId: string): Promise<[string, readonly Line[]]> {
    const { rooms, me, moderation } = store.getState()
    const room = rooms[roomId]
    if (!room || !me) return [roomId, []]
    const { timeline, unread } = room
    const quiet = quietFor(me, moderation)
    const known = linesOf(timeline.messages, unread.readUpTo, quiet)
    if (holdsAll(timeline, unread.readUpTo)) return [roomId, known]
    const answer = await request('message:list', { roomId, after: unread.readUpTo, limit: PAGE })
    if (!answer.ok) return [roomId, known.length > 0 ? known : lastOf(room)]
    store.dispatch({ type: 'people', people: answer.data.people })
    return [roomId, linesOf(answer.data.messages, unread.readUpTo, quiet)]
  }

  const missing = roomIds
    .slice(0, wanted)
    .filter((id) => !lines[id])
    .slice(0, AT_ONCE)
  useEffect(() => {
    if (missing.length === 0) return
    void Promise.all(missing.map(find)).then((found) => setLines((all) => ({ ...Object.fromEntries(found), ...all })))
  }, [missing.join()])

  // What was changed or deleted changes here too, while somebody watches and after they were cut off.
  useEffect(
    () =>
      listen(({ roomId, changes }) => {
        const messages = changes.flatMap((one) => (one.type === 'message:changed' ? [one.message] : []))
        setLines((all) => withLines(all, roomId, (before) => changeLines(before, changedLines(messages))))
      }),
    [listen],
  )
  useEffect(() => {
    const isBack = online && !wasOnline.current
    wasOnline.current = online
    if (!isBack) return
    for (const id of Object.keys(lines)) {
      void find(id).then(([, found]) =>
        // Where only the newest was known, everything is now.
        setLines((all) =>
          withLines(all, id, (before) => (before[0]?.seq === found[0]?.seq ? changeLines(before, found) : found)),
        ),
      )
    }
  }, [online])

  return {
    lines,
    /** Somebody has come near the end of what is there. */
    wantMore: (shown: number) => setWanted(shown + AT_ONCE),
    /** Where it is shown again, it is asked for anew. */
    forget: (ids: readonly string[]) =>
      setLines((all) => Object.fromEntries(Object.entries(all).filter(([id]) => !ids.includes(id)))),
  }
}

function withLines(all: Found, roomId: string, change: (before: readonly Line[]) => readonly Line[]): Found {
  const before = all[roomId]
  const next = before && change(before)
  return next === undefined || next === before ? all : { ...all, [roomId]: next }
}

/** Of a room that was never opened this tab knows the newest message. */
const lastOf = ({ last, unread }: RoomState): readonly Line[] => (last && last.seq > unread.readUpTo ? [last] : [])
