import type { Room } from '../../protocol/rooms.ts'
import { Button } from '../ui/Button.tsx'
import { Mark } from '../ui/Mark.tsx'
import { more } from '../ui/moreWords.ts'

type Props = { title: string; room: Room | null; readOnly: boolean; onTopic: () => void }

/** Where nobody has said anything yet: what it is for. */
export function Empty({ title, room, readOnly, onTopic }: Props) {
  return (
    <div className="row empty">
      <Mark />
      <div>
        <p className="big">{more.emptyRoom(title)}</p>
        {room && room.kind !== 'direct' ? (
          <>
            <p>{more.emptyRoomHint}</p>
            {!room.topic && !readOnly && (
              <Button look="ink" onClick={onTopic}>
                {more.sayWhatFor}
              </Button>
            )}
          </>
        ) : (
          <p>{more.emptyDirectHint(title)}</p>
        )}
      </div>
    </div>
  )
}
