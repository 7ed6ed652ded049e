import { Link } from 'wouter'
import type { Forwarded as Whose } from '../../protocol/messages.ts'
import { Arrow } from '../replies/Arrow.tsx'
import { othersIn, titleOf } from '../rooms/useRooms.ts'
import { useStore } from '../socket/useSocket.ts'
import { more } from '../ui/moreWords.ts'
import { exactTimeOf, shortTimeOf } from '../ui/time.ts'

/** Whose words a message repeats, and the way back to them for those who are in that room: others learn nothing of it. */
export function Forwarded({ of: { authorId, sentAt, from } }: { of: Whose }) {
  const people = useStore((state) => state.people)
  const me = useStore((state) => state.me)
  const room = useStore(({ rooms }) => rooms[from?.roomId ?? '']?.room)
  const name = authorId === me?.id ? null : (people[authorId]?.name ?? '')
  const title = room ? titleOf(room, othersIn(room, { people, me })) : null
  const whose = (
    <>
      <Arrow forth /> {more.forwardedFrom(name, title, shortTimeOf(sentAt))}
    </>
  )
  if (!from || title === null) return <span title={exactTimeOf(sentAt)}>{whose}</span>
  return (
    <Link href={`/r/${from.roomId}/${from.seq}`} title={exactTimeOf(sentAt)}>
      {whose}
    </Link>
  )
}
