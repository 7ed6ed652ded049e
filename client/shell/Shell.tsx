import { useEffect, useState } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { Conversation } from '../messages/Conversation.tsx'
import { usePlace } from '../place/usePlace.ts'
import { Sidebar, type Act } from '../rooms/Sidebar.tsx'
import { useRooms } from '../rooms/useRooms.ts'
import { useStore } from '../socket/useSocket.ts'
import { dialog } from '../rooms/dialog.ts'
import { words } from '../ui/words.ts'
import { Loading } from './Loading.tsx'
import './Shell.css'

const phone = matchMedia('(width < 45rem)')

const Announcer = dialog('Announcer')
const NewRoom = dialog('NewRoom')
const NewDirect = dialog('NewDirect')
const InvitePeople = dialog('InvitePeople')
const Missing = dialog('Missing')
const SignedOut = dialog('SignedOut')
const Pages = dialog('Pages')
const Background = dialog('Background')
const PersonCards = dialog('PersonCards')

/** Sidebar and conversation; on a phone one or the other. */
export function Shell({ name }: { name: string }) {
  const place = usePlace()?.name ?? name
  const { all, rooms, direct, forYou, ready } = useRooms()
  const signedOut = useStore(({ link }) => link.phase === 'signedOut')
  // Before the server has spoken, what this browser does not know of may well be there.
  const greeted = useStore(({ link }) => link.phase !== 'connecting')
  const [dialog, setDialog] = useState<Act | null>(null)
  const [path] = useLocation()
  const roomId = /^\/r\/([^/]+)/.exec(path)?.[1] ?? null
  const open = all.find(({ id }) => id === roomId)
  const isList = path === '/'
  const close = () => setDialog(null)

  // When the conversation is there, what may be opened next is fetched before it is.
  useEffect(() => {
    if (ready) NewRoom.fetch()
  }, [ready])

  if (signedOut) return <SignedOut place={place} />
  if (!ready) return <Loading />
  const home = rooms[0]?.id
  return (
    <div className="shell" data-list={isList || undefined}>
      {open && (
        <a className="skip" href="#composer">
          {words.skip}
        </a>
      )}
      <Sidebar
        place={place}
        rooms={rooms}
        direct={direct}
        forYou={forYou}
        openRoomId={roomId}
        isMain={isList}
        onAct={setDialog}
      />
      <Switch>
        <Route path="/r/:roomId/:seq?">
          {({ roomId: id, seq }) =>
            open ? (
              <Conversation key={id} roomId={id} at={Number(seq) || null} />
            ) : greeted ? (
              <Missing roomId={id} />
            ) : (
              <Loading />
            )
          }
        </Route>
        <Route path="/">
          {home && (!phone.matches || history.state === 'in') ? <Redirect to={`/r/${home}`} replace /> : null}
        </Route>
        <Route>
          <Pages path={path} />
        </Route>
      </Switch>
      <Announcer roomId={roomId} />
      <PersonCards />
      <Background
        rooms={[...rooms, ...direct]}
        forYou={forYou}
        openRoomId={roomId}
        title={roomId || isList ? (open?.name ?? place) : null}
      />
      {dialog === 'room' && <NewRoom onClose={close} />}
      {dialog === 'person' && <NewDirect onClose={close} />}
      {dialog === 'invite' && <InvitePeople room={null} onClose={close} />}
    </div>
  )
}
