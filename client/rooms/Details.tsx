import { useEffect, useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { TOPIC_LENGTH } from '../../protocol/limits.ts'
import type { Person } from '../../protocol/people.ts'
import type { Room } from '../../protocol/rooms.ts'
import { PersonItem } from '../people/PersonItem.tsx'
import { useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { words } from '../ui/words.ts'
import { useRoomActions } from './useRooms.ts'
import './Details.css'

type Props = {
  room: Room
  membersRev: number
  /** What somebody came for: where the focus goes. */
  begin: 'topic' | 'people'
  onClose: () => void
}
type Members = { list: Person[]; next: string | null; total: number }

/** What a room is for, and who is in it. */
export function Details({ room, membersRev, begin, onClose }: Props) {
  const { members, setTopic, leave, direct } = useRoomActions()
  const presence = useStore((state) => state.presence)
  const [, navigate] = useLocation()
  const [people, setPeople] = useState<Members | null>(null)
  const [topic, setText] = useState(room.topic)
  const [error, setError] = useState<string | null>(null)

  useEffect(() => {
    let newest = true
    void members(room.id).then((answer) => {
      if (newest && answer.ok) setPeople({ list: answer.data.people, next: answer.data.next, total: answer.data.total })
    })
    return () => {
      newest = false
    }
  }, [room.id, membersRev])

  async function more() {
    const answer = people?.next ? await members(room.id, people.next) : null
    if (!people || !answer?.ok) return
    setPeople({ list: [...people.list, ...answer.data.people], next: answer.data.next, total: answer.data.total })
  }

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

  async function talkTo({ id }: Person) {
    const answer = await direct(id)
    if (answer.ok) navigate(`/r/${answer.data.room.id}`)
    else setError(answer.error.message)
  }

  const { here = [], absent = [] } = Object.groupBy(people?.list ?? [], ({ id }) => (presence[id] ? 'here' : 'absent'))
  return (
    <aside
      className="details"
      aria-label={words.details}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <header>
        <h2>
          <bdi>{room.name}</bdi>
        </h2>
        <Button look="icon" aria-label={words.close} autoFocus={begin === 'people'} onClick={onClose}>
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
          autoFocus={begin === 'topic'}
          onChange={({ target }) => setText(target.value)}
        />
        <Button look="line" type="submit" aria-disabled={topic.trim() === room.topic || undefined}>
          {words.save}
        </Button>
      </form>
      {people && <p className="total">{words.members(people.total)}</p>}
      {here.length > 0 && <h3>{words.hereNowHeading}</h3>}
      <ul>
        {here.map((person) => (
          <PersonItem key={person.id} person={person} onOpen={() => void talkTo(person)} />
        ))}
      </ul>
      {absent.length > 0 && <h3>{words.notHereHeading}</h3>}
      <ul>
        {absent.map((person) => (
          <PersonItem key={person.id} person={person} onOpen={() => void talkTo(person)} />
        ))}
      </ul>
      {people?.next && <Button onClick={() => void more()}>{words.more}</Button>}
      {!room.isDefault && (
        <Button look="danger" onClick={() => void go()}>
          {words.leave}
        </Button>
      )}
    </aside>
  )
}
