import type { ReactNode } from 'react'
import type { RoomRow } from '../rooms/useRooms.ts'
import { useStore } from '../socket/useSocket.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Icon } from '../ui/Icon.tsx'
import { more } from '../ui/moreWords.ts'
import { exactTimeOf, shortTimeOf } from '../ui/time.ts'
import { capital, words } from '../ui/words.ts'
import { Excerpt, Marked } from './Excerpt.tsx'
import { Magnifier } from './Magnifier.tsx'
import { markedName, type Option } from './options.ts'
import type { FoundIn } from './useJump.ts'

/** Somewhere to go: a room, a person, a message, or the page of all messages. */
export type Choice = Option | { type: 'all'; id: string } | { type: 'message'; id: string; hit: FoundIn }

/** What stands in the list for it. */
export function JumpChoice({ choice, query }: { choice: Choice; query: string }): ReactNode {
  const people = useStore((state) => state.people)
  const presence = useStore((state) => state.presence)
  if (choice.type === 'all') return lineOf(<Magnifier />, more.allMessages(query))
  if (choice.type === 'room')
    return lineOf(<RoomTile room={choice.room} />, <Name name={choice.room.name} typed={query} />, noteOf(choice.room))
  if (choice.type === 'person') {
    const how = presence[choice.id] ?? null
    const face = <Avatar person={choice.person} presence={how} />
    return lineOf(face, <Name name={choice.person.name} typed={query} />, how && capital(words.presence[how]))
  }
  const { message, room } = choice.hit
  const author = people[message.authorId]
  const said = (
    <>
      <span dir="auto">
        <Excerpt {...choice.hit} />
      </span>
      <small>
        <bdi>{more.saidIn(author?.name ?? '', room.name)}</bdi>
      </small>
    </>
  )
  return lineOf(
    author ? <Avatar person={author} /> : <Magnifier />,
    said,
    <time dateTime={new Date(message.sentAt).toISOString()} title={exactTimeOf(message.sentAt)}>
      {shortTimeOf(message.sentAt)}
    </time>,
  )
}

const lineOf = (face: ReactNode, what: ReactNode, end: ReactNode = null) => (
  <>
    {face}
    <span className="what">{what}</span>
    <span className="end">{end}</span>
  </>
)

const Name = ({ name, typed }: { name: string; typed: string }) => (
  <bdi>
    <Marked pieces={markedName(name, typed)} />
  </bdi>
)

function RoomTile({ room: { others, presence, kind, name } }: { room: RoomRow }) {
  const [other, ...rest] = others
  if (other) return <Avatar person={other} presence={rest.length === 0 ? presence : null} />
  return (
    <span className="tile" aria-hidden="true">
      {kind === 'private' ? <Icon name="lock" /> : ([...name][0] ?? '').toUpperCase()}
    </span>
  )
}

/** What there is to know of a room in two words. */
function noteOf({ forYou, unread, kind, archived }: RoomRow): string {
  if (forYou > 0) return more.forYouHere(forYou)
  if (unread > 0) return more.newHere(unread)
  if (archived) return more.putAway
  return kind === 'private' ? more.privateShort : ''
}
