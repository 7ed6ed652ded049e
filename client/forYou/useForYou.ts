import { useEffect, useState } from 'react'
import { useRooms } from '../rooms/useRooms.ts'
import { useOnline } from '../socket/useOnline.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { quietFor } from '../unread/unread.ts'
import { addPage, applyToFound, type Found } from './forYou.ts'

/** What was said to me, in all rooms that I am in. */
export function useForYou() {
  'use memo'
  const { request, listen, store } = useSocket()
  const online = useOnline()
  const states = useStore(({ rooms }) => rooms)
  const people = useStore((state) => state.people)
  const { all, direct } = useRooms()
  const [found, setFound] = useState<Found | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const rows = new Map(all.map((row) => [row.id, row]))

  async function load(after?: string): Promise<void> {
    const answer = await request('for-you:list', { after })
    if (!answer.ok) return setProblem(answer.error.message)
    setProblem(null)
    store.dispatch({ type: 'people', people: answer.data.people })
    setFound((before) => addPage(after === undefined ? null : before, answer.data))
  }

  useEffect(() => {
    if (online) void load()
  }, [online])

  useEffect(
    () =>
      listen(({ changes }) => {
        const { me, moderation } = store.getState()
        const quiet = quietFor(me, moderation)
        if (me) setFound((before) => before && applyToFound(before, changes, quiet))
      }),
    [listen, store],
  )

  return {
    /** Conversations of two in which something is unread: all of it is for me. */
    direct: direct.filter(({ unread }) => unread > 0),
    /** Of rooms that I am in by now. */
    mentions: found?.messages.flatMap((message) => {
      const [row, state] = [rows.get(message.roomId), states[message.roomId]]
      if (!row || !state) return []
      const author = people[message.authorId]
      return { message, room: row.name, author, isUnread: message.seq > state.unread.readUpTo }
    }),
    problem,
    load: () => void load(),
    more: found?.next ? () => void load(found.next ?? undefined) : null,
  }
}
