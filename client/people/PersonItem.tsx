import type { ReactNode } from 'react'
import type { Person } from '../../protocol/people.ts'
import { useStore } from '../socket/useSocket.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { more } from '../ui/moreWords.ts'
import { capital, words } from '../ui/words.ts'
import { useMe } from './usePeople.ts'
import './PersonItem.css'

type Props = {
  person: Person
  /** What choosing them does, where it does not open their card. */
  onOpen?: () => void
  children?: ReactNode
}

/** Somebody in a list of people, under their newest name. Beside them, what else there is to do. */
export function PersonItem({ person, onOpen, children }: Props) {
  const me = useMe()
  const presence = useStore((state) => state.presence[person.id]) ?? null
  const newest = useStore(({ people }) => people[person.id]) ?? person
  const { name, role, status } = newest
  const isMe = person.id === me?.id
  const note = isMe
    ? words.you
    : role === 'visitor'
      ? more.roleNames.visitor
      : presence && presence !== 'here'
        ? capital(words.presence[presence])
        : ''
  const inside = (
    <>
      <Avatar person={newest} presence={presence} />
      <bdi className="name">
        {name} {status?.emoji}
      </bdi>
      <small>{note}</small>
      {presence === 'here' && <span className="unseen">, {words.presence.here}</span>}
    </>
  )
  return (
    <li className="person-item">
      {onOpen && (isMe || role === 'visitor') ? (
        <span>{inside}</span>
      ) : (
        <button type="button" data-person={onOpen ? undefined : person.id} onClick={onOpen}>
          {inside}
        </button>
      )}
      {children}
    </li>
  )
}
