import { useEffect, useState } from 'react'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { words } from '../ui/words.ts'

/** Long enough for a screen reader to take it up, under 100 ms some miss it. Milliseconds. */
const SPOKEN = 1_000
const BURST = 2_000
const MANY = 3

export type Announcement = { id: number; text: string }

/** What a screen reader is told: each foreign message once, a burst as a number; never one's own, never history. */
export function useAnnouncements(openRoomId: string | null): { polite: Announcement[]; assertive: string } {
  const { listen, store } = useSocket()
  const failed = useStore(({ outbox }) => outbox).filter((entry) => entry.failed)
  const [polite, setPolite] = useState<Announcement[]>([])

  useEffect(() => {
    // What is for me from elsewhere must not drown in what is said here.
    const recent = { here: [] as number[], elsewhere: [] as number[] }
    const timers = new Set<number>()
    let count = 0

    function say(text: string): void {
      const id = ++count
      setPolite((all) => [...all, { id, text }])
      const timer = window.setTimeout(() => {
        timers.delete(timer)
        setPolite((all) => all.filter((one) => one.id !== id))
      }, SPOKEN)
      timers.add(timer)
    }

    const stop = listen(({ roomId, changes }) => {
      const { me, people, rooms } = store.getState()
      const place = roomId === openRoomId ? 'here' : 'elsewhere'
      if (place === 'elsewhere' && rooms[roomId]?.room.kind !== 'direct') return
      const sentences = changes.flatMap((change) => {
        if (change.type !== 'message:changed' || change.message.authorId === me?.id) return []
        // What was changed later is no news.
        if (change.message.editedAt !== null || change.message.deleted) return []
        const name = people[change.message.authorId]?.name ?? ''
        return place === 'here' ? words.said(name, change.message.body) : words.wroteToYou(name)
      })
      if (sentences.length === 0) return
      const now = performance.now()
      recent[place] = [...recent[place].filter((at) => now - at < BURST), ...sentences.map(() => now)]
      if (recent[place].length > MANY) say(words.newMessages(recent[place].length))
      else for (const sentence of sentences) say(sentence)
    })
    return () => {
      stop()
      for (const timer of timers) clearTimeout(timer)
      setPolite([])
    }
  }, [listen, store, openRoomId])

  const last = failed.at(-1)
  return { polite, assertive: last ? words.notSentAloud(last.body) : '' }
}
