import { useEffect, useState } from 'react'
import type { Answer, Output } from '../../protocol/index.ts'
import type { Person } from '../../protocol/people.ts'
import type { Room } from '../../protocol/rooms.ts'
import { RemovePerson } from '../people/RemovePerson.tsx'
import { ResetLink } from '../people/ResetLink.tsx'
import { useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { DialogEnd } from '../ui/DialogEnd.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { BanForm } from './BanForm.tsx'
import { MuteForm } from './MuteForm.tsx'
import { PurgeForm } from './PurgeForm.tsx'
import { useAuthority, useModerationActions } from './useModeration.ts'
import './Moderation.css'

export type About = Output<'moderation:about'>

/** Told how something went: in the words of the refusal, or null. */
export type Settle = (ask: Promise<Answer<unknown>>) => Promise<void>

type Props = {
  person: Person
  /** Where they were met, if it was in a room. */
  room: Room | null
  onClose: () => void
}

/** What one can do about somebody: hear nothing more of them; and for those above them, the rest. */
export function PersonDialog({ person, room, onClose }: Props) {
  const known = useStore((state) => state.people[person.id]) ?? person
  const blocked = useStore((state) => state.moderation.blocked).includes(person.id)
  const may = useAuthority(known, room)
  const hasAccount = known.role !== 'visitor' && known.role !== 'bot'
  const { about, block } = useModerationActions()
  const [state, setState] = useState<About | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const where = { personId: person.id, roomId: may.place ? null : (room?.id ?? null) }
  const asks = may.place || may.room

  async function look() {
    const answer = await about(where)
    if (answer.ok) setState(answer.data)
    else setProblem(answer.error.message)
  }
  useEffect(() => {
    if (asks) void look()
  }, [asks, person.id])

  const settle: Settle = async (ask) => {
    const answer = await ask
    setProblem(answer.ok ? null : answer.error.message)
    if (answer.ok && asks) await look()
  }

  return (
    <Dialog title={known.name} onClose={onClose}>
      <div className="moderation">
        {may.isOther && (
          <>
            <p>{blocked ? more.isBlocked(known.name) : more.blockMeans(known.name)}</p>
            <Button look="line" onClick={() => void settle(block(person.id, !blocked))}>
              {blocked ? more.unblock(known.name) : more.block(known.name)}
            </Button>
          </>
        )}
        {asks && state && !known.gone && (
          <MuteForm person={known} room={may.room ? room : null} everywhere={may.place} state={state} settle={settle} />
        )}
        {asks && state && (
          <PurgeForm person={known} room={may.place ? null : room} state={state} settle={settle} look={look} />
        )}
        {may.place && state && <BanForm person={known} banned={state.banned} settle={settle} />}
        {may.place && hasAccount && !known.gone && (
          <section>
            <ResetLink person={known} onProblem={setProblem} />
          </section>
        )}
        {may.place && !known.gone && (
          <section>
            <RemovePerson person={known} onDone={onClose} />
          </section>
        )}
        <Problem>{problem}</Problem>
        <DialogEnd>
          <Button onClick={onClose}>{more.close}</Button>
        </DialogEnd>
      </div>
    </Dialog>
  )
}
