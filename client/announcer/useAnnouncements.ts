import { useEffect, useState } from 'react'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { words } from '../ui/words.ts'

/** Long enough for a screen reader to take it up, under 100 ms some miss it. Milliseconds. */
const SPOKEN = 1_000
const BURST = 2_000

/** What a screen reader is told: each foreign message once, a burst as a number; never one's own, never history. */
export function useAnnouncements(openRoomId: string | null): { polite: string; assertive: string } {
  const { listen, store } = useSocket()
  const failed = useStore(({ outbox }) => outbox).filter((entry) => entry.failed)
  const [polite, setPolite] = useState('')

  useEffect(() => {
    let recent: number[] = []
    let timer = 0
    const stop = listen(({ roomId, changes }) => {
      const { me, people, rooms } = store.getState()
      const direct = rooms[roomId]?.room.kind === 'direct'
      if (roomId !== openRoomId && !direct) return
      for (const change of changes) {
        if (change.type !== 'message:changed' || change.message.authorId === me?.id) continue
        const name = people[change.message.authorId]?.name ?? ''
        const now = performance.now()
        recent = [...recent.filter((at) => now - at < BURST), now]
        const sentence = roomId === openRoomId ? words.said(name, change.message.body) : words.wroteToYou(name)
        setPolite(recent.length > 3 ? words.newMessages(recent.length) : sentence)
        clearTimeout(timer)
        timer = window.setTimeout(() => setPolite(''), SPOKEN)
      }
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [listen, store, openRoomId])

  const last = failed.at(-1)
  return { polite, assertive: last ? words.notSentAloud(last.body) : '' }
}
