import { useState } from 'react'
import type { Person } from '../../protocol/people.ts'
import type { Room } from '../../protocol/rooms.ts'
import { InvitePeople } from '../invites/InvitePeople.tsx'
import { PersonItem } from '../people/PersonItem.tsx'
import { looksAfter } from '../people/ranks.ts'
import { useMe } from '../people/usePeople.ts'
import { useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { usePages } from '../socket/usePages.ts'
import { words } from '../ui/words.ts'
import { AddPeople } from './AddPeople.tsx'
import { useRoomActions } from './useRoomActions.ts'

type Props = { room: Room; membersRev: number; manages: boolean; onProblem: (problem: string | null) => void }

/** Who is in a room, and how one comes into it. */
export function Members({ room, membersRev, manages, onProblem }: Props) {
  const { members, takeOut } = useRoomActions()
  const me = useMe()
  const presence = useStore((state) => state.presence)
  const { pages, problem, showMore } = usePages((_, after?: string) => members(room.id, after), membersRev)
  const people = pages?.flatMap((page) => page.people) ?? []
  const total = pages?.at(-1)?.total
  const [opened, setOpened] = useState<'add' | 'invite' | null>(null)
  /** People still come into it. */
  const grows = room.kind !== 'direct' && !room.archived

  async function bringOut({ id }: Person) {
    const answer = await takeOut(room.id, id)
    onProblem(answer.ok ? null : answer.error.message)
  }

  const item = (person: Person) => (
    <PersonItem key={person.id} person={person}>
      {manages && !room.isDefault && person.id !== me?.id && (
        <Button
          look="icon"
          aria-label={more.takeOutName(person.name)}
          title={more.takeOutName(person.name)}
          onClick={() => void bringOut(person)}
        >
          <Icon name="close" />
        </Button>
      )}
    </PersonItem>
  )

  const { here = [], absent = [] } = Object.groupBy(people, ({ id }) => (presence[id] ? 'here' : 'absent'))
  const close = () => setOpened(null)
  return (
    <>
      {total !== undefined && <p className="total">{more.members(total)}</p>}
      {here.length > 0 && <h3>{more.hereNowHeading}</h3>}
      <ul>{here.map(item)}</ul>
      {absent.length > 0 && <h3>{more.notHereHeading}</h3>}
      <ul>{absent.map(item)}</ul>
      {showMore && <Button onClick={showMore}>{more.more}</Button>}
      <Problem>{problem}</Problem>
      {grows && !room.isDefault && me?.role !== 'guest' && (
        <Button look="line" onClick={() => setOpened('add')}>
          {more.addSomebody}
        </Button>
      )}
      {grows && looksAfter(me) && (
        <Button look="line" onClick={() => setOpened('invite')}>
          {words.invite}
        </Button>
      )}
      {opened === 'add' && <AddPeople room={room} onClose={close} />}
      {opened === 'invite' && <InvitePeople room={room.isDefault ? null : room} onClose={close} />}
    </>
  )
}
