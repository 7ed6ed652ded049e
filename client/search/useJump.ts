import { useEffect, useState } from 'react'
import { useRooms, type RoomRow } from '../rooms/useRooms.ts'
import { useOnline } from '../socket/useOnline.ts'
import { useStore } from '../socket/useSocket.ts'
import type { Choice } from './JumpChoice.tsx'
import { optionsFor } from './options.ts'
import { useSearch, type Hit } from './useSearch.ts'

/** Whoever types on is not asked for. Milliseconds. */
const AFTER = 120
/** The others are on the page of all results. */
const HITS = 6

/** A message that was found, and where. */
export type FoundIn = Hit & { room: RoomRow }

/** Where what was typed may lead: rooms and people at once, and messages a moment later, below them. */
export function useJump(openRoomId: string | null) {
  const { all } = useRooms()
  const me = useStore((state) => state.me)
  const people = useStore((state) => state.people)
  const online = useOnline()
  const { search, findPeople } = useSearch()
  const [typed, setTyped] = useState('')
  const [found, setFound] = useState<{ query: string; hits: readonly Hit[] } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const query = typed.trim()

  useEffect(() => {
    setProblem(null)
    if (query === '' || !online) return setFound(null)
    let newest = true
    async function ask(): Promise<void> {
      // First the people: nobody comes in above messages that are shown already.
      await findPeople(query)
      const answer = await search({ query, limit: HITS })
      if (!newest) return
      if (answer.ok) setFound({ query, hits: answer.data.hits })
      else setProblem(answer.error.message)
    }
    const timer = setTimeout(() => void ask(), AFTER)
    return () => {
      newest = false
      clearTimeout(timer)
    }
  }, [query, online])

  const others = Object.values(people).filter(({ id }) => id !== me?.id)
  // Of rooms that I am in by now. Until the newest answer is there, what was found before stays.
  const hits = (query === '' ? [] : (found?.hits ?? [])).flatMap((hit): Choice[] => {
    const { roomId, seq } = hit.message
    const room = all.find(({ id }) => id === roomId)
    return room ? [{ type: 'message', id: `${roomId} ${seq}`, hit: { ...hit, room } }] : []
  })
  const choices: Choice[] = [
    ...optionsFor(typed, { rooms: all, people: others, openRoomId }),
    ...(query !== '' && online ? [{ type: 'all' as const, id: 'all' }] : []),
    ...hits,
  ]
  return { typed, setTyped, query, online, problem, choices, isAnswered: found?.query === query }
}
