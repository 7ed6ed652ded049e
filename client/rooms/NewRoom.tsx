import { useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { ROOM_NAME_LENGTH } from '../../protocol/limits.ts'
import { manages } from '../people/ranks.ts'
import { useMe } from '../people/usePeople.ts'
import { Button } from '../ui/Button.tsx'
import { Choice } from '../ui/Choice.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { DialogEnd } from '../ui/DialogEnd.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { words } from '../ui/words.ts'
import { ArrangeRooms } from './ArrangeRooms.tsx'
import { useRoomActions } from './useRoomActions.ts'
import { useRoomList } from './useRoomList.ts'
import './NewRoom.css'

/** Make a public room, or find one that others made. */
export function NewRoom({ onClose }: { onClose: () => void }) {
  const { create, join, archive } = useRoomActions()
  const me = useMe()
  const [, navigate] = useLocation()
  const [isPrivate, setPrivate] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [arranging, setArranging] = useState(false)
  // The name of a new room is looked for among those that there are.
  const { archived, setArchived, rooms: found, query: name, ...list } = useRoomList()

  async function enter(answer: Awaited<ReturnType<typeof create>>) {
    if (answer.ok) open(answer.data.room.id)
    else setError(answer.error.message)
  }

  function open(roomId: string) {
    onClose()
    navigate(`/r/${roomId}`)
  }

  async function bringBack(roomId: string) {
    const answer = await archive(roomId, false)
    if (answer.ok) setArchived(false)
    else setError(answer.error.message)
  }

  if (arranging) return <ArrangeRooms onClose={onClose} />
  return (
    <Dialog title={words.newRoom} onClose={onClose}>
      <form
        className="new-room"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          if (name.trim()) void create(name, isPrivate).then(enter)
        }}
      >
        <Field
          label={more.roomName}
          value={name}
          maxLength={ROOM_NAME_LENGTH}
          autoFocus
          error={error}
          onChange={({ target }) => {
            list.setQuery(target.value)
            setError(null)
          }}
        />
        <Choice
          label={more.whoFinds}
          value={isPrivate}
          options={[
            [false, more.everybodyFinds],
            [true, more.nobodyFinds],
          ]}
          onChange={setPrivate}
        />
        <div className="which">
          <h3>{archived ? more.archivedRooms : more.publicRooms}</h3>
          <Button onClick={() => setArchived(!archived)}>{archived ? more.publicRooms : more.archivedRooms}</Button>
        </div>
        {archived && name === '' && found?.length === 0 && <p>{more.noneArchived}</p>}
        <ul>
          {found?.map(({ room, members, joined }) => (
            <li key={room.id}>
              <span>
                <bdi>{room.name}</bdi> <small>{more.members(members)}</small>
              </span>
              {room.archived && manages(room, me) && (
                <Button
                  look="line"
                  aria-label={`${more.bringBack} ${room.name}`}
                  onClick={() => void bringBack(room.id)}
                >
                  {more.bringBack}
                </Button>
              )}
              {(joined || !room.archived) && (
                <Button
                  look="line"
                  aria-label={`${joined ? more.open : more.join} ${room.name}`}
                  onClick={() => (joined ? open(room.id) : void join(room.id).then(enter))}
                >
                  {joined ? more.open : more.join}
                </Button>
              )}
            </li>
          ))}
        </ul>
        <Problem>{list.problem}</Problem>
        {list.showMore && <Button onClick={list.showMore}>{more.more}</Button>}
        <DialogEnd>
          <Button onClick={() => setArranging(true)}>{more.arrangeRooms}</Button>
          <Button onClick={onClose}>{more.cancel}</Button>
          <Button look="ink" type="submit">
            {more.makeRoom}
          </Button>
        </DialogEnd>
      </form>
    </Dialog>
  )
}
