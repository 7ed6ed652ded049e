import { useState } from 'react'
import type { Person } from '../../protocol/people.ts'
import type { Room } from '../../protocol/rooms.ts'
import { useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { Choice } from '../ui/Choice.tsx'
import { more } from '../ui/moreWords.ts'
import { DAY, HOUR, MINUTE } from '../ui/spans.ts'
import { exactTimeOf } from '../ui/time.ts'
import type { About, Settle } from './PersonDialog.tsx'
import { useModerationActions } from './useModeration.ts'

type Props = {
  person: Person
  /** Where one may mute them, beside everywhere. */
  room: Room | null
  everywhere: boolean
  state: About
  settle: Settle
}

/** Lets somebody read and not write for a while, and write again. */
export function MuteForm({ person, room, everywhere, state, settle }: Props) {
  const { mute, unmute } = useModerationActions()
  const rooms = useStore((all) => all.rooms)
  const [roomId, setRoomId] = useState<string | null>(room?.id ?? null)
  const [milliseconds, setMilliseconds] = useState(HOUR)
  const { id: personId, name } = person
  return (
    <section>
      {state.mutes.map((one) => (
        <p key={one.roomId ?? ''}>
          {more.isMuted(
            one.roomId === null ? null : (rooms[one.roomId]?.room.name ?? more.anotherRoom),
            exactTimeOf(one.until),
          )}{' '}
          <Button look="line" onClick={() => void settle(unmute({ personId, roomId: one.roomId }))}>
            {more.letWrite(name)}
          </Button>
        </p>
      ))}
      {room && everywhere && (
        <Choice
          label={more.muteWhere}
          value={roomId}
          options={[
            [room.id, more.inRoom(room.name)],
            [null, more.everywhere],
          ]}
          onChange={setRoomId}
        />
      )}
      <Choice
        label={more.muteLasts}
        value={milliseconds}
        options={[
          [10 * MINUTE, more.tenMinutes],
          [HOUR, more.oneHour],
          [DAY, more.oneDay],
          [7 * DAY, more.oneWeek],
        ]}
        onChange={setMilliseconds}
      />
      <Button look="line" onClick={() => void settle(mute({ personId, roomId, milliseconds }))}>
        {more.mute(name)}
      </Button>
    </section>
  )
}
