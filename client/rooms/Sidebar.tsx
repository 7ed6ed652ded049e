import { useLocation } from 'wouter'
import { useHere, useMe } from '../people/usePeople.ts'
import { useConnection } from '../socket/useConnection.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Mark } from '../ui/Mark.tsx'
import { words } from '../ui/words.ts'
import { RoomItem } from './RoomItem.tsx'
import { useRoomActions, type RoomRow } from './useRooms.ts'
import './Sidebar.css'

type Props = {
  place: string
  rooms: RoomRow[]
  direct: RoomRow[]
  openRoomId: string | null
  /** On a phone the list is a page of its own. */
  isMain: boolean
  onAct: (dialog: 'room' | 'person' | 'name') => void
}

/** Where one is: the rooms, the people, oneself. */
export function Sidebar({ place, rooms, direct, openRoomId, isMain, onAct }: Props) {
  'use memo'
  const me = useMe()
  const here = useHere()
  const { phase } = useConnection()
  const actions = useRoomActions()
  const [, navigate] = useLocation()
  const known = new Set(direct.map(({ other }) => other?.id))
  const others = here.filter(({ person }) => person.id !== me?.id && !known.has(person.id))
  const lit = direct.some(({ unread }) => unread > 0)

  async function talkTo(personId: string) {
    const answer = await actions.direct(personId)
    if (answer.ok) navigate(`/r/${answer.data.room.id}`)
  }

  const content = (
    <nav aria-label={words.roomsAndPeople}>
      <header>
        <Mark lit={lit} />
        {isMain ? <h1>{place}</h1> : <b>{place}</b>}
      </header>
      <div className="scroll">
        <h2>
          {words.rooms}
          <Button look="icon" aria-label={words.newRoom} title={words.newRoom} onClick={() => onAct('room')}>
            <Icon name="plus" />
          </Button>
        </h2>
        <ul>
          {rooms.map((room) => (
            <RoomItem key={room.id} room={room} isOpen={room.id === openRoomId} />
          ))}
        </ul>
        <h2>
          {words.people}
          <Button
            look="icon"
            aria-label={words.writeToSomebody}
            title={words.writeToSomebody}
            onClick={() => onAct('person')}
          >
            <Icon name="plus" />
          </Button>
        </h2>
        <ul>
          {direct.map((room) => (
            <RoomItem key={room.id} room={room} isOpen={room.id === openRoomId} />
          ))}
          {others.map(({ person, presence }) => {
            const inside = (
              <>
                <Avatar person={person} presence={presence} />
                <span className="words">
                  <bdi className="name">{person.name}</bdi>
                </span>
                <span className="unseen">, {presence === 'here' ? words.here : words.away}</span>
              </>
            )
            return (
              <li key={person.id}>
                {person.role === 'guest' ? (
                  <span className="item">{inside}</span>
                ) : (
                  <button type="button" className="item" onClick={() => void talkTo(person.id)}>
                    {inside}
                  </button>
                )}
              </li>
            )
          })}
        </ul>
      </div>
      {me && (
        <footer>
          <Avatar person={me} presence={phase === 'offline' ? null : 'here'} />
          <span className="words">
            <b className="name">
              <bdi>{me.name}</bdi>
            </b>
            <small>{phase === 'offline' ? words.offlineMe : words.hereMe}</small>
          </span>
          <Button look="icon" aria-label={words.rename} title={words.rename} onClick={() => onAct('name')}>
            <Icon name="pencil" />
          </Button>
        </footer>
      )}
    </nav>
  )
  return isMain ? <main className="sidebar">{content}</main> : <div className="sidebar">{content}</div>
}
