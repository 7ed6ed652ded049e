import { useState } from 'react'
import type { Room } from '../../protocol/rooms.ts'
import { useMe } from '../people/usePeople.ts'
import { AddPeople } from '../rooms/AddPeople.tsx'
import { Button } from '../ui/Button.tsx'
import { Mark } from '../ui/Mark.tsx'
import { more } from '../ui/moreWords.ts'

type Props = { title: string; room: Room | null; readOnly: boolean; onTopic: () => void }

/** Where nobody has said anything yet: what it is for. */
export function Empty({ title, room, readOnly, onTopic }: Props) {
  const me = useMe()
  const [adding, setAdding] = useState(false)
  const named = room && room.kind !== 'direct'
  return (
    <div className="row empty">
      <Mark />
      <div>
        <p className="big">{named ? more.emptyRoom(title) : more.emptyDirect(title)}</p>
        {named ? (
          <>
            <p>{more.emptyRoomHint}</p>
            {!room.topic && !readOnly && (
              <Button look="ink" onClick={onTopic}>
                {more.sayWhatFor}
              </Button>
            )}
            {room.kind === 'private' && !room.archived && me?.role !== 'guest' && (
              <Button look="line" onClick={() => setAdding(true)}>
                {more.addSomebody}
              </Button>
            )}
            {adding && <AddPeople room={room} onClose={() => setAdding(false)} />}
          </>
        ) : (
          <p>{more.emptyDirectHint(title)}</p>
        )}
      </div>
    </div>
  )
}
