import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useStore } from '../socket/useSocket.ts'
import { more } from '../ui/moreWords.ts'
import { roomAt } from './links.ts'

type Address = { href: string; /** What stands there, if it is nothing but words. */ text: string; children: ReactNode }

/** A link. What leads to a room of this place opens here, whatever else in a page of its own. */
export function Address({ href, text, children }: Address) {
  const { origin, pathname, search, hash } = new URL(href)
  const room = origin === location.origin && !search && !hash ? roomAt(pathname) : null
  if (room)
    return (
      <RoomLink {...room} isCalled={text === href}>
        {children}
      </RoomLink>
    )
  return (
    <a href={href} title={href} target="_blank" rel="noopener noreferrer nofollow">
      <bdi>{children}</bdi>
    </a>
  )
}

type RoomAddress = {
  roomId: string
  seq: number | null
  /** Whether what stands there is only what the room is called. */
  isCalled: boolean
  children: ReactNode
}

/** A room by the name that it has now, where I am in it; otherwise as whoever wrote the link called it. */
export function RoomLink({ roomId, seq, isCalled, children }: RoomAddress) {
  const name = useStore(({ rooms }) => (Object.hasOwn(rooms, roomId) ? rooms[roomId]?.room.name : undefined))
  const sign = seq === null ? `#${name}` : more.messageIn(`#${name}`)
  return (
    <Link className="room" href={seq === null ? `/r/${roomId}` : `/r/${roomId}/${seq}`}>
      <bdi>{isCalled && name ? sign : children}</bdi>
    </Link>
  )
}
