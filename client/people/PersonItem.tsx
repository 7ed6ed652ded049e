import type { Person } from '../../protocol/people.ts'
import { useStore } from '../socket/useSocket.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { words } from '../ui/words.ts'
import { useMe } from './usePeople.ts'
import './PersonItem.css'

/** Somebody in a list of people, under their newest name. Choosing them opens the conversation of two. */
export function PersonItem({ person, onOpen }: { person: Person; onOpen: () => void }) {
  const me = useMe()
  const presence = useStore((state) => state.presence[person.id]) ?? null
  const { name, role, tint } = useStore(({ people }) => people[person.id]) ?? person
  const isMe = person.id === me?.id
  const note = isMe ? words.you : role === 'guest' ? words.guest : presence === 'away' ? words.awayMe : ''
  const inside = (
    <>
      <Avatar person={{ name, tint }} presence={presence} />
      <bdi className="name">{name}</bdi>
      <small>{note}</small>
      {presence === 'here' && <span className="unseen">, {words.here}</span>}
    </>
  )
  return (
    <li className="person-item">
      {isMe || role === 'guest' ? (
        <span>{inside}</span>
      ) : (
        <button type="button" onClick={onOpen}>
          {inside}
        </button>
      )}
    </li>
  )
}
