import { useEffect, useState } from 'react'
import { reaches } from '../../protocol/mentions.ts'
import type { Message } from '../../protocol/messages.ts'
import type { Person } from '../../protocol/people.ts'
import { saidWith } from '../mentions/plain.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { quietFor } from '../unread/unread.ts'
import { more } from '../ui/moreWords.ts'
import { words } from '../ui/words.ts'
import { gist } from '../uploads/gist.ts'

/** Long enough for a screen reader to take it up, under 100 ms some miss it. Milliseconds. */
const SPOKEN = 1_000
const BURST = 2_000
const MANY = 3

type Announcement = { id: number; text: string }

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
    const newest: Record<string, number> = {}
    for (const [id, { timeline }] of Object.entries(store.getState().rooms)) newest[id] = timeline.head.seq

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
      const { me, people, rooms, moderation } = store.getState()
      const place = roomId === openRoomId ? 'here' : 'elsewhere'
      const room = rooms[roomId]?.room
      const sentences = changes.flatMap((change) => {
        if (change.type !== 'message:changed' || quietFor(me, moderation).includes(change.message.authorId)) return []
        // What was changed later is no news, nor what was put back.
        const { seq, deleted } = change.message
        if (seq <= (newest[roomId] ?? 0)) return []
        newest[roomId] = seq
        if (deleted) return []
        const name = people[change.message.authorId]?.name ?? ''
        if (place === 'here') return words.said(name, aloud(people, change.message))
        if (room?.kind === 'direct') return more.wroteToYou(name)
        return me && room && reaches(change.message, me.id) ? more.mentionedYou(name, room.name) : []
      })
      if (sentences.length === 0) return
      const now = performance.now()
      recent[place] = [...recent[place].filter((at) => now - at < BURST), ...sentences.map(() => now)]
      if (recent[place].length > MANY) say(more.newMessages(recent[place].length))
      else for (const sentence of sentences) say(sentence)
    })
    return () => {
      stop()
      for (const timer of timers) clearTimeout(timer)
      setPolite([])
    }
  }, [listen, store, openRoomId])

  const last = failed.at(-1)
  return { polite, assertive: last ? more.notSentAloud(saidWith(store.getState().people, gist(last))) : '' }
}

/** Its words, and what is to be seen, as far as its sender says it. */
function aloud(people: Readonly<Record<string, Person>>, { body, files, poll }: Message): string {
  const alts = files?.flatMap(({ alt }) => (alt ? more.pictureAloud(alt) : [])) ?? []
  const said = files && alts.length === 0 ? words.files(files) : alts.join(', ')
  return [words.asked(poll, saidWith(people, body)), said].filter(Boolean).join(', ')
}
