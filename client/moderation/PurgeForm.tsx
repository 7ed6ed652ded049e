import { useEffect, useState } from 'react'
import type { Purge } from '../../protocol/moderation.ts'
import type { Person } from '../../protocol/people.ts'
import type { Room } from '../../protocol/rooms.ts'
import { Asked } from '../ui/Asked.tsx'
import { Button } from '../ui/Button.tsx'
import { Choice } from '../ui/Choice.tsx'
import { more } from '../ui/moreWords.ts'
import { exactTimeOf } from '../ui/time.ts'
import type { About, Settle } from './PersonDialog.tsx'
import { useModerationActions } from './useModeration.ts'

/** How often one looks how far it is. Milliseconds. */
const LOOK = 500

type Props = {
  person: Person
  /** The one room; null for all that one looks after. */
  room: Room | null
  state: About
  settle: Settle
  look: () => Promise<void>
}

/** Deletes many messages in one act, says how far it is, and puts them back. */
export function PurgeForm({ person, room, state, settle, look }: Props) {
  const { purge, undo } = useModerationActions()
  const [within, setWithin] = useState<'day' | 'week' | 'ever'>('day')
  const { id: personId, name } = person
  const busy = state.purges.some((one) => one.state === 'deleting' || one.state === 'restoring')

  useEffect(() => {
    if (!busy) return
    const timer = setInterval(() => void look(), LOOK)
    return () => clearInterval(timer)
  }, [busy])

  return (
    <section>
      {state.purges.map((one) => (
        <p key={one.id} role="status">
          {progressOf(one)}{' '}
          {(one.state === 'deleted' || one.state === 'deleting') && (
            <Button
              look="line"
              title={more.untilTime(exactTimeOf(one.undoUntil))}
              onClick={() => void settle(undo(one.id))}
            >
              {more.putBack}
            </Button>
          )}
        </p>
      ))}
      <Choice
        label={more.deleteWhat(name)}
        value={within}
        options={[
          ['day', more.within.day],
          ['week', more.within.week],
          ['ever', more.within.ever],
        ]}
        onChange={setWithin}
      />
      <Asked
        label={more.purge(name)}
        means={more.purgeMeans(name, room?.name ?? null)}
        keep={more.keepThem}
        act={more.deleteThem}
        onAct={() => void settle(purge({ personId, roomId: room?.id ?? null, within }))}
      />
    </section>
  )
}

const progressOf = ({ state, done }: Purge): string =>
  ({
    deleting: more.deleting(done),
    deleted: more.deletedMany(done),
    restoring: more.restoring(done),
    restored: more.restoredMany(done),
  })[state]
