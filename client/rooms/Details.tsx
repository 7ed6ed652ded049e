import { useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { ROOM_NAME_LENGTH, TOPIC_LENGTH } from '../../protocol/limits.ts'
import type { Room } from '../../protocol/rooms.ts'
import { manages } from '../people/ranks.ts'
import { useMe } from '../people/usePeople.ts'
import { useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { words } from '../ui/words.ts'
import { PinnedMessages } from '../pins/PinnedMessages.tsx'
import { RoomAlerts } from '../push/RoomAlerts.tsx'
import { GoToDate } from '../search/GoToDate.tsx'
import { ArrangeRooms } from './ArrangeRooms.tsx'
import { Ending, Writing } from './Care.tsx'
import { Leave } from './Leave.tsx'
import { Members } from './Members.tsx'
import { useFavourites } from './useFavourites.ts'
import { useRoomActions } from './useRoomActions.ts'
import { othersIn, titleOf } from './useRooms.ts'
import './Details.css'

type Props = {
  room: Room
  membersRev: number
  /** What somebody came for: where the focus goes. */
  begin: 'topic' | 'people'
  onClose: () => void
}

/** Who is in a room, and what it is called and for. */
export function Details({ room, membersRev, begin, onClose }: Props) {
  const { setTopic, rename } = useRoomActions()
  const { favourites, arrange } = useFavourites()
  const me = useMe()
  const people = useStore((state) => state.people)
  const [arranging, setArranging] = useState(false)
  const [, navigate] = useLocation()
  // Null until it is touched: what somebody else has changed meanwhile stays.
  const [name, setName] = useState<string | null>(null)
  const [topic, setText] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const title = titleOf(room, othersIn(room, { people, me }))
  const isOne = room.kind !== 'direct'
  const looksAfter = manages(room, me)
  const mayChange = isOne && !room.archived && (looksAfter || room.whoWrites === 'everybody')
  const isFavourite = favourites.includes(room.id)
  const isNew = (text: string | null, old: string): text is string => text !== null && text.trim() !== old
  const isChanged = isNew(topic, room.topic) || isNew(name, room.name)

  async function save(event: FormEvent) {
    event.preventDefault()
    const renamed = isNew(name, room.name) ? await rename(room.id, name) : null
    const answer = isNew(topic, room.topic) ? await setTopic(room.id, topic) : null
    if (renamed?.ok) setName(null)
    if (answer?.ok) setText(null)
    setProblem(renamed && !renamed.ok ? renamed.error.message : null)
    setError(answer && !answer.ok ? answer.error.message : null)
  }

  async function favour() {
    const others = favourites.filter((id) => id !== room.id)
    const answer = await arrange(isFavourite ? others : [...others, room.id])
    setProblem(answer.ok ? null : answer.error.message)
  }

  return (
    <aside
      className="details"
      aria-label={words.details}
      onKeyDown={(event) => {
        // What is open above it closes first.
        if (event.key !== 'Escape' || (event.target as Element).closest('dialog')) return
        event.stopPropagation()
        onClose()
      }}
    >
      <header>
        <h2>
          <bdi>{title}</bdi>
        </h2>
        <Button look="icon" aria-label={more.close} autoFocus={begin === 'people'} onClick={onClose}>
          <Icon name="close" />
        </Button>
      </header>
      {room.archived && <p className="archived">{more.archivedHere}</p>}
      <Members room={room} membersRev={membersRev} manages={looksAfter} onProblem={setProblem} />
      {mayChange && (
        <form onSubmit={save}>
          {looksAfter && (
            <Field
              label={more.roomNameHere}
              value={name ?? room.name}
              maxLength={ROOM_NAME_LENGTH}
              onChange={({ target }) => setName(target.value)}
            />
          )}
          <Field
            label={more.topic}
            placeholder={more.topicHint}
            value={topic ?? room.topic}
            maxLength={TOPIC_LENGTH}
            error={error}
            autoFocus={begin === 'topic'}
            onChange={({ target }) => setText(target.value)}
          />
          <Button look="line" type="submit" aria-disabled={!isChanged || undefined}>
            {more.save}
          </Button>
        </form>
      )}
      <Problem>{problem}</Problem>
      <PinnedMessages roomId={room.id} />
      <GoToDate roomId={room.id} />
      <RoomAlerts roomId={room.id} />
      {looksAfter && !room.archived && <Writing room={room} onProblem={setProblem} />}
      <div className="care">
        {!room.archived && (
          <Button look="line" onClick={() => void favour()}>
            {isFavourite ? more.noFavourite : more.makeFavourite}
          </Button>
        )}
        <Button look="line" onClick={() => setArranging(true)}>
          {more.arrangeRooms}
        </Button>
      </div>
      {looksAfter && !room.isDefault && (
        <div className="care">
          <Ending room={room} onProblem={setProblem} onDone={(isDeleted) => isDeleted && navigate('/')} />
        </div>
      )}
      {!room.isDefault && <Leave room={room} onProblem={setProblem} />}
      {arranging && <ArrangeRooms onClose={() => setArranging(false)} />}
    </aside>
  )
}
