import { useRef, useState } from 'react'
import type { Person, Role } from '../../protocol/people.ts'
import { useAuthority } from '../moderation/useModeration.ts'
import { useStore } from '../socket/useSocket.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { more } from '../ui/moreWords.ts'
import { dayOf } from '../ui/time.ts'
import { capital, words } from '../ui/words.ts'
import { useMe, usePeopleActions } from './usePeople.ts'

type GivenRole = Exclude<Role, 'visitor' | 'bot'>

type Props = {
  person: Person
  /** Milliseconds since the Unix epoch; nobody knows of those who are signed in nowhere. */
  seenAt: number | undefined
  onProblem: (problem: string | null) => void
  onMore: (person: Person) => void
}

/** Somebody, as what, since when they are away, and the way to everything that can be done about them. */
export function PersonRow({ person, seenAt, onProblem, onMore }: Props) {
  const me = useMe()
  const may = useAuthority(person, null)
  const { setRole } = usePeopleActions()
  // By arrow keys a list goes through all of its choices: none is given by being passed.
  const [chosen, setChosen] = useState<GivenRole | null>(null)
  const choices = useRef<HTMLSelectElement>(null)
  const { id, name, role, gone } = person
  const presence = useStore((state) => state.presence[id]) ?? null
  const isOwner = me?.role === 'owner'
  const roles: GivenRole[] = isOwner ? ['owner', 'admin', 'member', 'guest'] : ['member', 'guest']
  const mayChange = (isOwner || may.place) && !gone && role !== 'visitor' && role !== 'bot'

  function putBack() {
    setChosen(null)
    choices.current?.focus()
  }

  async function give(wanted: GivenRole) {
    const answer = await setRole(id, wanted)
    putBack()
    onProblem(answer.ok ? null : answer.error.message)
  }

  return (
    <>
      <tr data-gone={gone || undefined}>
        <th scope="row">
          <Avatar person={person} presence={presence} />
          <span>
            <bdi>{name}</bdi>
            <small>{gone ? more.removed : may.isOther ? person.about : more.itsYou}</small>
          </span>
        </th>
        <td>
          {mayChange ? (
            <select
              ref={choices}
              aria-label={more.roleOf(name)}
              value={chosen ?? role}
              onChange={({ target }) => setChosen(target.value as GivenRole)}
            >
              {roles.map((one) => (
                <option key={one} value={one}>
                  {more.roleNames[one]}
                </option>
              ))}
            </select>
          ) : (
            more.roleNames[role]
          )}
        </td>
        <td className="seen">
          {presence === 'away'
            ? capital(words.presence.away)
            : presence
              ? more.now
              : seenAt !== undefined && dayOf(seenAt)}
        </td>
        <td>
          {may.isOther && (
            <Button
              look="icon"
              aria-label={more.moderateName(name)}
              title={more.moderateName(name)}
              onClick={() => onMore(person)}
            >
              <Icon name="more" />
            </Button>
          )}
        </td>
      </tr>
      {chosen !== null && chosen !== role && (
        <tr className="asked">
          <td colSpan={4}>
            <Button look="ink" onClick={() => void give(chosen)}>
              {more.makeRole(name, chosen)}
            </Button>
            <Button onClick={putBack}>{more.leaveRole}</Button>
          </td>
        </tr>
      )}
    </>
  )
}
