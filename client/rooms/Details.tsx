import { useEffect, useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { TOPIC_LENGTH } from '../../protocol/limits.ts'
import type { Person } from '../../protocol/people.ts'
import type { Room } from '../../protocol/rooms.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { words } from '../ui/words.ts'
import { useRoomActions } from './useRooms.ts'
import './Details.css'

/** What a room is for, and who is in it. */
export function Details({ room, onClose }: { room: Room; onClose: () => void }) {
  const { members, setTopic, leave } = useRoomActions()
  const [, navigate] = useLocation()
  const [people, setPeople] = useState<{ list: Person[]; total: number }>({ list: [], total: 0 })
  const [topic, setText] = useState(room.topic)
  const [error, setError] = useState<string | null>(null)

  useEffect(() => {
    void members(room.id).then(
      (answer) => answer.ok && setPeople({ list: answer.data.people, total: answer.data.total }),
    )
  }, [room.id])

  async function save(event: FormEvent) {
    event.preventDefault()
    const answer = await setTopic(room.id, topic)
    setError(answer.ok ? null : answer.error.message)
  }

  async function go() {
    const answer = await leave(room.id)
    if (answer.ok) navigate('/')
    else setError(answer.error.message)
  }

  return (
    <aside
      className="details"
      aria-label={words.details}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header>
        <h2>{room.name}</h2>
        <Button look="icon" aria-label={words.close} onClick={onClose}>
          <Icon name="close" />
        </Button>
      </header>
      <form onSubmit={save}>
        <Field
          label={words.topic}
          placeholder={words.topicHint}
          value={topic}
          maxLength={TOPIC_LENGTH}
          error={error}
          onChange={({ target }) => setText(target.value)}
        />
        <Button look="line" type="submit">
          {words.save}
        </Button>
      </form>
      <h3>{words.members(people.total)}</h3>
      <ul>
        {people.list.map((person) => (
          <li key={person.id}>
            <Avatar person={person} /> <bdi>{person.name}</bdi>
          </li>
        ))}
      </ul>
      {!room.isDefault && (
        <Button look="danger" onClick={() => void go()}>
          {words.leave}
        </Button>
      )}
    </aside>
  )
}
