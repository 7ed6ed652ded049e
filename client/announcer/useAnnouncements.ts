import { useEffect, useState } from 'react'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { words } from '../ui/words.ts'

/** Long enough for a screen reader to take it up, under 100 ms some miss it. Milliseconds. */
const SPOKEN = 1_000
const BURST = 2_000
const MANY = 3

/** `id` is another one for each, so that the same words twice are two announcements. */
export type Announcement = { id: number; text: string }

const silence: Announcement = { id: 0, text: '' }

/** What a screen reader is told: each foreign message once, a burst as a number; never one's own, never history. */
export function useAnnouncements(openRoomId: string | null): { polite: Announcement; assertive: string } {
  const { listen, store } = useSocket()
  const failed = useStore(({ outbox }) => outbox).filter((entry) => entry.failed)
  const [polite, setPolite] = useState(silence)

  useEffect(() => {
    // What is for me from elsewhere must not drown in what is said here.
    const recent = { here: [] as number[], elsewhere: [] as number[] }
    let timer = 0
    const stop = listen(({ roomId, changes }) => {
      const { me, people, rooms } = store.getState()
      const place = roomId === openRoomId ? 'here' : 'elsewhere'
      if (place === 'elsewhere' && rooms[roomId]?.room.kind !== 'direct') return
      for (const change of changes) {
        if (change.type !== 'message:changed' || change.message.authorId === me?.id) continue
        const { authorId, body } = change.message
        const name = people[authorId]?.name ?? ''
        const now = performance.now()
        const burst = [...recent[place].filter((at) => now - at < BURST), now]
        recent[place] = burst
        const sentence = place === 'here' ? words.said(name, body) : words.wroteToYou(name)
        const text = burst.length > MANY ? words.newMessages(burst.length) : sentence
        setPolite(({ id }) => ({ id: id + 1, text }))
        clearTimeout(timer)
        timer = window.setTimeout(() => setPolite(({ id }) => ({ id, text: '' })), SPOKEN)
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
