import { useEffect, useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { ROOM_NAME_LENGTH } from '../../protocol/limits.ts'
import type { Output } from '../../protocol/index.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { words } from '../ui/words.ts'
import { useRoomActions } from './useRooms.ts'
import './NewRoom.css'

/** Make a public room, or find one that others made. */
export function NewRoom({ onClose }: { onClose: () => void }) {
  const { create, join, browse } = useRoomActions()
  const [, navigate] = useLocation()
  const [name, setName] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [found, setFound] = useState<Output<'room:list'>['rooms']>([])

  const find = (query: string) =>
    void browse(query).then((answer) => (answer.ok ? setFound(answer.data.rooms) : setError(answer.error.message)))
  useEffect(() => find(''), [])

  async function enter(answer: Awaited<ReturnType<typeof create>>) {
    if (!answer.ok) return setError(answer.error.message)
    onClose()
    navigate(`/r/${answer.data.room.id}`)
  }

  return (
    <Dialog title={words.newRoom} onClose={onClose}>
      <form
        className="new-room"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          if (name.trim()) void create(name).then(enter)
        }}
      >
        <Field
          label={words.roomName}
          value={name}
          maxLength={ROOM_NAME_LENGTH}
          autoFocus
          error={error}
          onChange={({ target }) => {
            setName(target.value)
            setError(null)
            find(target.value)
          }}
        />
        <h3>{words.publicRooms}</h3>
        <ul>
          {found.map(({ room, members, joined }) => (
            <li key={room.id}>
              <span>
                <bdi>{room.name}</bdi> <small>{words.members(members)}</small>
              </span>
              <Button
                look="line"
                aria-label={`${joined ? words.open : words.join} ${room.name}`}
                onClick={() => void join(room.id).then(enter)}
              >
                {joined ? words.open : words.join}
              </Button>
            </li>
          ))}
        </ul>
        <footer>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button look="ink" type="submit">
            {words.makeRoom}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
