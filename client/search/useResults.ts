import { useEffect, useRef, useState } from 'react'
import { SEARCH_PAGE } from '../../protocol/limits.ts'
import type { Person } from '../../protocol/people.ts'
import type { Order } from '../../protocol/search.ts'
import { useRooms, type RoomRow } from '../rooms/useRooms.ts'
import { useOnline } from '../socket/useOnline.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { add, change, type Results } from './results.ts'
import { useSearch, type Hit } from './useSearch.ts'

/** A message that was found, of a room that I am in by now. */
export type Found = Hit & { room: RoomRow; author: Person | undefined }

/** How many pages were shown of what was looked for last, so that whoever comes back finds as many. */
let before = { name: '', pages: 1 }

/** All that is found, page by page. */
export function useResults(query: string, order: Order) {
  const { listen } = useSocket()
  const { search } = useSearch()
  const { all: rooms } = useRooms()
  const people = useStore((state) => state.people)
  const online = useOnline()
  const [results, setResults] = useState<Results | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const newest = useRef(0)
  const name = `${order} ${query}`

  async function load(from: Results | null, pages: number): Promise<void> {
    const asked = ++newest.current
    let found = from
    for (let i = 0; i < pages && (i === 0 || found?.next); i++) {
      const answer = await search({ query, order, after: found?.next ?? undefined, limit: SEARCH_PAGE })
      if (asked !== newest.current) return
      if (!answer.ok) return setProblem(answer.error.message)
      found = add(name, found?.hits ?? [], answer.data)
      setProblem(null)
    }
    setResults(found)
  }

  useEffect(() => {
    newest.current++
    setProblem(null)
    if (query === '') setResults(null)
    else if (online) {
      if (before.name !== name) before = { name, pages: 1 }
      void load(null, before.pages)
    }
  }, [name, online])

  // What is deleted meanwhile goes; what says something else now is looked for again.
  useEffect(
    () =>
      listen(({ changes }) => {
        const messages = changes.flatMap((one) => (one.type === 'message:changed' ? one.message : []))
        setResults((held) => held && change(held, messages))
      }),
    [listen],
  )

  const shown = query === '' ? null : results
  return {
    /** Of rooms that I am in by now. Until the newest answer is there, what was found before stays. */
    hits:
      shown?.hits.flatMap((hit): Found | [] => {
        const room = rooms.find(({ id }) => id === hit.message.roomId)
        return room ? { ...hit, room, author: people[hit.message.authorId] } : []
      }) ?? null,
    isAnswered: shown?.name === name,
    isAll: shown?.all ?? true,
    online,
    problem,
    load: () => void load(null, 1),
    showMore:
      shown?.next && shown.name === name
        ? () => {
            before = { name, pages: before.pages + 1 }
            void load(shown, 1)
          }
        : null,
  }
}
