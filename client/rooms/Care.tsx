import { useId, useState } from 'react'
import { SLOW_MODES } from '../../protocol/limits.ts'
import type { Answer } from '../../protocol/index.ts'
import type { Room } from '../../protocol/rooms.ts'
import { useMe } from '../people/usePeople.ts'
import { AskFirst } from '../ui/AskFirst.tsx'
import { Button } from '../ui/Button.tsx'
import { Choice } from '../ui/Choice.tsx'
import { more } from '../ui/moreWords.ts'
import { Switch } from '../ui/Switch.tsx'
import { useRoomActions } from './useRoomActions.ts'
import './Care.css'

type Props = { room: Room; onProblem: (problem: string | null) => void }
/** `onDone`: it is put away, is back, or is no more. */
type EndingProps = Props & { onDone: (isDeleted: boolean) => void }

/** Who writes in a room and how often, and whether it tells where links lead; for those who look after it. */
export function Writing({ room, onProblem }: Props) {
  const { setWriting, allowPreviews } = useRoomActions()
  const id = useId()
  const settle = (answer: Answer<Room>) => onProblem(answer.ok ? null : answer.error.message)
  return (
    <div className="care">
      <Choice<Room['whoWrites']>
        label={more.whoWrites}
        value={room.whoWrites}
        options={[
          ['everybody', more.everybodyWrites],
          ['managers', more.managersWrite],
        ]}
        onChange={(whoWrites) => setWriting(room.id, { whoWrites }).then(settle)}
      />
      <label htmlFor={id}>{more.slowMode}</label>
      <select
        id={id}
        value={room.slowMode}
        onChange={({ target }) => {
          const slowMode = SLOW_MODES.find((seconds) => seconds === Number(target.value)) ?? 0
          void setWriting(room.id, { slowMode }).then(settle)
        }}
      >
        {SLOW_MODES.map((seconds) => (
          <option key={seconds} value={seconds}>
            {more.slowFor(seconds)}
          </option>
        ))}
      </select>
      <Switch checked={room.previews ?? false} onChange={(on) => allowPreviews(room.id, on).then(settle)}>
        {more.showPreviews}
      </Switch>
    </div>
  )
}

/** Putting a room away, bringing it back, and deleting it for good: each for who may. */
export function Ending({ room, onProblem, onDone }: EndingProps) {
  const { archive, remove } = useRoomActions()
  const me = useMe()
  const [asked, setAsked] = useState<'archive' | 'delete' | null>(null)
  const { id, name, archived } = room

  async function bringBack() {
    const answer = await archive(id, false)
    onProblem(answer.ok ? null : answer.error.message)
    if (answer.ok) onDone(false)
  }

  async function putAway() {
    const answer = await archive(id, true)
    if (answer.ok) onDone(false)
    return answer
  }

  async function end() {
    const answer = await remove(id)
    if (answer.ok) onDone(true)
    return answer
  }

  const close = () => setAsked(null)
  return (
    <>
      <Button
        look="line"
        aria-label={`${archived ? more.bringBack : more.archive} ${name}`}
        onClick={() => (archived ? void bringBack() : setAsked('archive'))}
      >
        {archived ? more.bringBack : more.archive}
      </Button>
      {me?.role === 'owner' && (
        <Button look="danger" aria-label={`${more.deleteRoom} ${name}`} onClick={() => setAsked('delete')}>
          {more.deleteRoom}
        </Button>
      )}
      {asked === 'archive' && (
        <AskFirst
          title={more.archiveName(name)}
          means={more.archiveMeans}
          keep={more.leaveOpen}
          act={more.archive}
          onAct={putAway}
          onClose={close}
        />
      )}
      {asked === 'delete' && (
        <AskFirst
          title={more.deleteName(name)}
          means={more.deleteMeans}
          keep={more.keepName(name)}
          act={more.deleteRoom}
          danger
          onAct={end}
          onClose={close}
        />
      )}
    </>
  )
}
