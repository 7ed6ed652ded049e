import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useHere, useMe } from '../people/usePeople.ts'
import { Rename } from '../people/Rename.tsx'
import { useConnection } from '../socket/useConnection.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Mark } from '../ui/Mark.tsx'
import { words } from '../ui/words.ts'
import { NewRoom } from './NewRoom.tsx'
import { useRoomActions, type RoomRow } from './useRooms.ts'
import './Sidebar.css'

type Props = { place: string; rooms: RoomRow[]; direct: RoomRow[]; openRoomId: string | null; isMain: boolean }

export function Sidebar({ place, rooms, direct, openRoomId, isMain }: Props) {
  const me = useMe()
  const here = useHere()
  const { phase } = useConnection()
  const actions = useRoomActions()
  const [, navigate] = useLocation()
  const [dialog, setDialog] = useState<'room' | 'name' | null>(null)
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
          <Button look="icon" aria-label={words.newRoom} title={words.newRoom} onClick={() => setDialog('room')}>
            <Icon name="plus" />
          </Button>
        </h2>
        <ul>
          {rooms.map((room) => (
            <RoomItem key={room.id} room={room} isOpen={room.id === openRoomId} />
          ))}
        </ul>
        <h2>{words.people}</h2>
        <ul>
          {direct.map((room) => (
            <RoomItem key={room.id} room={room} isOpen={room.id === openRoomId} />
          ))}
          {others.map(({ person, presence }) => (
            <li key={person.id}>
              <button type="button" className="item" onClick={() => void talkTo(person.id)}>
                <Avatar person={person} presence={presence} />
                <bdi className="name">{person.name}</bdi>
                <span className="unseen">, {presence === 'here' ? words.here : words.away}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      {me && (
        <footer>
          <Avatar person={me} presence={phase === 'offline' ? null : 'here'} />
          <span className="name">
            <b>
              <bdi>{me.name}</bdi>
            </b>
            <small>{phase === 'offline' ? words.offlineMe : words.here}</small>
          </span>
          <Button look="icon" aria-label={words.rename} title={words.rename} onClick={() => setDialog('name')}>
            <Icon name="pencil" />
          </Button>
        </footer>
      )}
      {dialog === 'room' && <NewRoom onClose={() => setDialog(null)} />}
      {dialog === 'name' && me && <Rename name={me.name} onClose={() => setDialog(null)} />}
    </nav>
  )
  return isMain ? <main className="sidebar">{content}</main> : <div className="sidebar">{content}</div>
}

function RoomItem({ room, isOpen }: { room: RoomRow; isOpen: boolean }) {
  const { id, name, other, presence, unread, draft } = room
  return (
    <li>
      <Link
        href={`/r/${id}`}
        className="item"
        aria-current={isOpen ? 'page' : undefined}
        data-unread={unread > 0 || undefined}
        data-for-you={(unread > 0 && room.kind === 'direct') || undefined}
      >
        {other ? <Avatar person={other} presence={presence} /> : <Icon name="room" />}
        <bdi className="name">{name}</bdi>
        {draft && !isOpen && <Icon name="pencil" />}
        {draft && !isOpen && <span className="unseen">{words.draft}</span>}
        {unread > 0 && (
          <span className="count" aria-hidden="true">
            {words.unread(unread)}
          </span>
        )}
        {unread > 0 && <span className="unseen">{words.unreadLabel(unread)}</span>}
      </Link>
    </li>
  )
}
