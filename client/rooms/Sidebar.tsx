import { useRef, useState, type ComponentProps } from 'react'
import { Link, useLocation } from 'wouter'
import { looksAfter } from '../people/ranks.ts'
import { useHere, useMe } from '../people/usePeople.ts'
import { useConnection } from '../socket/useConnection.ts'
import { useStore } from '../socket/useSocket.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { dialog } from './dialog.ts'
import { Mark } from '../ui/Mark.tsx'
import { Problem } from '../ui/Problem.tsx'
import { capital, words } from '../ui/words.ts'
import { RoomItem } from './RoomItem.tsx'
import { useDirect, type RoomRow } from './useRooms.ts'
import './Sidebar.css'

const Jump = dialog('JumpButton')
const Unread = dialog('Unread')

/** A pointer that has not moved for so long points at nothing. Milliseconds. */
const STILL = 1_000

/** What opens a dialog. */
export type Act = 'room' | 'person' | 'invite'

type Props = {
  place: string
  rooms: RoomRow[]
  direct: RoomRow[]
  /** How much is for me, in all rooms. */
  forYou: number
  openRoomId: string | null
  /** On a phone the list is a page of its own. */
  isMain: boolean
  onAct: (dialog: Act) => void
}

/** Where one is: the rooms, the people, oneself. */
export function Sidebar({ place, rooms, direct, forYou, openRoomId, isMain, onAct }: Props) {
  'use memo'
  const me = useMe()
  const here = useHere()
  const { phase } = useConnection()
  const begin = useDirect()
  const { reports } = useStore(({ moderation }) => moderation)
  const [path, navigate] = useLocation()
  const [problem, setProblem] = useState<string | null>(null)
  const [held, setHeld] = useState<string[] | null>(null)
  const still = useRef(0)
  const known = new Set(direct.flatMap(({ others: [other, ...more] }) => (more.length > 0 ? [] : other?.id)))
  const others = here.filter(({ person }) => person.id !== me?.id && !known.has(person.id))
  const presence = here.find(({ person }) => person.id === me?.id)?.presence ?? 'here'
  const keeps = looksAfter(me)
  const mentioned = useStore((state) => state.mentioned)

  /** No row is taken from under a moving pointer: what is to stand elsewhere goes there after. */
  function hold() {
    setHeld((before) => before ?? [...rooms, ...direct].map(({ id }) => id))
    clearTimeout(still.current)
    still.current = window.setTimeout(setHeld, STILL, null)
  }
  const placeOf = ({ id }: RoomRow) => (held ? held.indexOf(id) + 1 || Infinity : 0)
  const inPlace = (rows: RoomRow[]) => rows.toSorted((a, b) => placeOf(a) - placeOf(b))

  async function talkTo(personId: string) {
    const answer = await begin(personId)
    if (answer.ok) navigate(`/r/${answer.data.room.id}`)
    setProblem(answer.ok ? null : answer.error.message)
  }

  const current = (at: string) => (path.startsWith(at) ? 'page' : undefined)
  const linkTo = (href: string, label: string, icon: ComponentProps<typeof Icon>['name']) => (
    <Link href={href} className="button" data-look="icon" aria-label={label} title={label} aria-current={current(href)}>
      <Icon name={icon} />
    </Link>
  )

  const content = (
    <nav aria-label={words.roomsAndPeople}>
      <header>
        <Mark lit={forYou > 0} />
        {isMain ? <h1>{place}</h1> : <b>{place}</b>}
        {keeps && linkTo('/place', words.placeSettings, 'gear')}
      </header>
      <p className="jump">
        <Jump />
      </p>
      <div className="scroll" onPointerMove={hold}>
        {(mentioned || forYou > 0) && (
          <Link
            href="/for-you"
            className="item"
            aria-current={current('/for-you')}
            data-unread={forYou > 0 || undefined}
            data-for-you={forYou > 0 || undefined}
          >
            <span className="words">{words.forYou}</span>
            {forYou > 0 && (
              <>
                <span className="count" aria-hidden="true">
                  {words.unread(forYou)}
                </span>
                <span className="unseen">{words.unreadLabel(forYou, 0)}</span>
              </>
            )}
          </Link>
        )}
        <Unread />
        <h2>
          {words.rooms}
          <Button look="icon" aria-label={words.newRoom} title={words.newRoom} onClick={() => onAct('room')}>
            <Icon name="plus" />
          </Button>
        </h2>
        <ul>
          {inPlace(rooms).map((room) => (
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
          {inPlace(direct).map((room) => (
            <RoomItem key={room.id} room={room} isOpen={room.id === openRoomId} />
          ))}
          {others.map(({ person, presence }) => {
            const inside = (
              <>
                <Avatar person={person} presence={presence} />
                <span className="words">
                  <bdi className="name">
                    {person.name} {person.status?.emoji}
                  </bdi>
                </span>
                <span className="unseen">, {words.presence[presence]}</span>
              </>
            )
            return (
              <li key={person.id}>
                {person.role === 'visitor' ? (
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
        {keeps && (
          <p className="keeping">
            <Button onClick={() => onAct('invite')}>{words.invite}</Button>
            <Link href="/people" className="button" aria-current={current('/people')}>
              {words.managePeople(reports)}
            </Link>
          </p>
        )}
        <Problem>{problem}</Problem>
      </div>
      {me && (
        <footer>
          <Avatar person={me} presence={phase === 'offline' ? null : presence} />
          <span className="words">
            <b className="name">
              <bdi>{me.name}</bdi>
            </b>
            <small>
              {phase === 'offline'
                ? words.offlineMe
                : me.status
                  ? `${me.status.emoji} ${me.status.text}`
                  : capital(words.presence[presence])}
            </small>
          </span>
          {linkTo('/settings', words.settings, 'pencil')}
        </footer>
      )}
    </nav>
  )
  return isMain ? <main className="sidebar">{content}</main> : <div className="sidebar">{content}</div>
}
