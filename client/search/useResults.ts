import { useEffect, useRef, useState } from 'react'
import { SEARCH_PAGE } from '../../protocol/limits.ts'
import { searchedText } from '../../protocol/searched.ts'
import type { Order } from '../../protocol/search.ts'
import { useRooms } from '../rooms/useRooms.ts'
import { useOnline } from '../socket/useOnline.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { useSearch, type Found, type Hit } from './useSearch.ts'

/** How many pages were shown of what was looked for last, so that whoever comes back finds as many. */
let before = { name: '', pages: 1 }

type Results = { name: string; hits: readonly Hit[]; next: string | null; all: boolean }

const nameOf = ({ message: { roomId, seq } }: Hit) => `${roomId} ${seq}`

/** A page below what is there. Nothing stands twice, though something was said in between. */
function add(name: string, held: readonly Hit[], page: Found): Results {
  const known = new Set(held.map(nameOf))
  const hits = [...held, ...page.hits.filter((hit) => !known.has(nameOf(hit)))]
  return { name, hits, next: page.next, all: page.all }
}

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
        const changed = new Map(
          changes.flatMap((change) =>
            change.type === 'message:changed' ? [[nameOf({ message: change.message, marks: [] }), change.message]] : [],
          ),
        )
        setResults((held) => {
          if (!held?.hits.some((hit) => changed.has(nameOf(hit)))) return held
          const hits = held.hits.flatMap((hit) => {
            const message = changed.get(nameOf(hit))
            if (!message || message.rev <= hit.message.rev) return hit
            if (message.deleted) return []
            return { message, marks: searchedText(message) === searchedText(hit.message) ? hit.marks : [] }
          })
          return { ...held, hits }
        })
      }),
    [listen],
  )

  const shown = query === '' ? null : results
  return {
    /** Of rooms that I am in by now. Until the newest answer is there, what was found before stays. */
    hits:
      shown?.hits.flatMap((hit) => {
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
