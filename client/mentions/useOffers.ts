import { useEffect, useState } from 'react'
import { MESSAGE_LENGTH } from '../../protocol/limits.ts'
import type { Person } from '../../protocol/people.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { fits, offersOf } from './offers.ts'
import { withTokens } from './tokens.ts'

/** Between two letters nobody is asked. Milliseconds. */
const AFTER = 80
const MOST = 20
/** Of a text from another day so many names are looked up. */
const NAMES = 5

type Found = { query: string; people: readonly Person[]; total: number; all: boolean }

/** Who of the room may be meant by what is written of a name; null while nobody is being named. */
export function useOffers(roomId: string, query: string | null, draft: string) {
  'use memo'
  const { request, store } = useSocket()
  const me = useStore((state) => state.me)
  const room = useStore(({ rooms }) => rooms[roomId]?.room)
  const presence = useStore((state) => state.presence)
  const [found, setFound] = useState<Found | null>(null)
  // All whose name begins so are known already: of them are those whose name goes on so.
  const knows =
    found !== null && query !== null && query.startsWith(found.query) && (found.all || query === found.query)

  /** Whoever may be meant is somebody whom the text can name. */
  async function find(wanted: string): Promise<Found> {
    const answer = await request('room:members', { roomId, query: wanted, limit: MOST })
    if (!answer.ok) {
      // Without a server there are still those whom one knows.
      const people = Object.values(store.getState().people).filter(({ name }) => fits(name, wanted))
      return { query: wanted, people, total: Infinity, all: false }
    }
    const { people, total, next } = answer.data
    store.dispatch({ type: 'people', people })
    return { query: wanted, people, total, all: next === null }
  }

  useEffect(() => {
    if (query === null || knows) return
    let newest = true
    const timer = setTimeout(() => void find(query).then((next) => newest && setFound(next)), AFTER)
    return () => {
      newest = false
      clearTimeout(timer)
    }
  }, [roomId, query, knows])

  // A text that was begun before this page was there names people whom it has not met.
  useEffect(() => {
    for (const [, name = ''] of [...draft.matchAll(/@([\p{L}\p{N}]+)/gu)].slice(0, NAMES)) void find(name)
  }, [roomId])

  /** As it is sent. What has become too long with its tokens goes as it was written. */
  function named(text: string): string {
    const mayCall = room?.kind !== 'direct' && me?.role !== 'guest'
    const body = withTokens(text, Object.values(store.getState().people), mayCall)
    return body.length > MESSAGE_LENGTH ? text : body
  }

  const offers =
    query === null || !found || !me || !room || !query.startsWith(found.query)
      ? []
      : offersOf(found.people, { query, me, room, total: found.total, presence })
  return { offers, named }
}
