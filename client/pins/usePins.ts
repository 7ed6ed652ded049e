import { useEffect, useRef, useState } from 'react'
import { usePages } from '../socket/usePages.ts'
import { useSocket } from '../socket/useSocket.ts'

/** What is pinned to a room, asked for again when that changes. */
export function usePins(roomId: string) {
  const { request, listen, store } = useSocket()
  const [rev, setRev] = useState(0)
  const list = usePages(async (_, after?: string) => {
    const answer = await request('pin:list', { roomId, after })
    if (answer.ok) store.dispatch({ type: 'people', people: answer.data.people })
    return answer
  }, rev)
  const messages = list.pages?.flatMap((page) => page.messages) ?? []
  const listed = useRef<number[]>([])
  useEffect(() => {
    listed.current = messages.map(({ seq }) => seq)
  })
  useEffect(
    () =>
      listen((packet) => {
        const concerns = packet.changes.some(
          (change) =>
            change.type === 'message:changed' && (change.message.pinned || listed.current.includes(change.message.seq)),
        )
        if (packet.roomId === roomId && concerns) setRev((before) => before + 1)
      }),
    [listen, roomId],
  )
  return { ...list, messages }
}
