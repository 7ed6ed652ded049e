import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { Room } from '../../protocol/rooms.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { more } from '../ui/moreWords.ts'
import { Suggestions, type Keys } from '../ui/Suggestions.tsx'
import { useWord } from '../ui/useWord.ts'
import type { CompleteProps } from './Complete.tsx'
import { fits, roomAt } from './offers.ts'
import { withRooms } from './tokens.ts'

/** Between two letters nobody is asked. Milliseconds. */
const AFTER = 80
/** As many as are looked through at a glance. */
const MOST = 8

/** Which room the word after a "#" may mean: mine, and the public ones that I could be in. */
export function CompleteRoom({ draft, quiet, area, onTake, ref }: Omit<CompleteProps, 'roomId'>) {
  const { request } = useSocket()
  const { query, dismiss, take } = useWord(area, quiet ? '' : draft, roomAt, onTake)
  const mine = useStore(({ rooms }) => rooms)
  const [others, setOthers] = useState<readonly Room[]>([])
  const keys = useRef<Keys>(null)
  /** Nothing is called so, nor what begins with it. */
  const nothing = useRef<string | null>(null)
  const known = [
    ...Object.values(mine).flatMap(({ room }) => (room.name && !room.archived ? [room] : [])),
    ...others.filter(({ id }) => !Object.hasOwn(mine, id)),
  ]
  useImperativeHandle(ref, () => ({
    press: (event) => keys.current?.press(event) ?? false,
    named: (text) => withRooms(text, known),
  }))

  useEffect(() => {
    if (query === null || (nothing.current !== null && query.startsWith(nothing.current))) return
    let newest = true
    // Without a server there are still my own.
    const find = async () => {
      const answer = await request('room:list', { query, archived: false })
      if (!answer.ok || !newest) return
      if (answer.data.rooms.length === 0) nothing.current = query
      setOthers((before) => merged(before, answer.data.rooms))
    }
    const timer = setTimeout(() => void find(), AFTER)
    return () => {
      newest = false
      clearTimeout(timer)
    }
  }, [query])

  const found = query === null ? [] : known.filter(({ name }) => fits(name, query)).slice(0, MOST)
  return (
    <Suggestions
      label={more.roomsToName}
      said={more.suggestions(found.length)}
      items={found.map(({ id, name, kind }) => ({
        id,
        name,
        note: kind === 'private' ? more.privateRoom : Object.hasOwn(mine, id) ? '' : more.notIn,
        sign: <span className="many">#</span>,
      }))}
      query={query ?? ''}
      area={area}
      ref={keys}
      onTake={({ name }) => take(`#${name}`)}
      onClose={dismiss}
    />
  )
}

function merged(before: readonly Room[], found: readonly { room: Room }[]): readonly Room[] {
  const byId = new Map(before.map((room) => [room.id, room]))
  for (const { room } of found) byId.set(room.id, room)
  return [...byId.values()]
}
