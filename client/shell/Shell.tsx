import { useEffect, useState } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { Announcer } from '../announcer/Announcer.tsx'
import { Conversation } from '../messages/Conversation.tsx'
import { useMe } from '../people/usePeople.ts'
import { usePresenceReport } from '../presence/usePresence.ts'
import { Sidebar } from '../rooms/Sidebar.tsx'
import { useRooms } from '../rooms/useRooms.ts'
import { useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { later } from '../ui/later.tsx'
import { words } from '../ui/words.ts'
import { Loading } from './Loading.tsx'
import { Missing } from './Missing.tsx'
import { useShortcuts } from './useShortcuts.ts'
import './Shell.css'

const phone = matchMedia('(width < 45rem)')

const NewRoom = later(async () => (await import('../rooms/dialogs.ts')).NewRoom)
const NewDirect = later(async () => (await import('../rooms/dialogs.ts')).NewDirect)
const Rename = later(async () => (await import('../rooms/dialogs.ts')).Rename)

/** Sidebar and conversation; on a phone one or the other. */
export function Shell({ place }: { place: string }) {
  'use memo'
  const { rooms, direct, ready } = useRooms()
  const forYou = direct.reduce((sum, { unread }) => sum + unread, 0)
  const me = useMe()
  const signedOut = useStore(({ link }) => link.phase === 'signedOut')
  // Before the server has spoken, what this browser does not know of may well be there.
  const greeted = useStore(({ link }) => link.phase !== 'connecting')
  const [dialog, setDialog] = useState<'room' | 'person' | 'name' | null>(null)
  const [path] = useLocation()
  const roomId = /^\/r\/([^/]+)/.exec(path)?.[1] ?? null
  const open = [...rooms, ...direct].find(({ id }) => id === roomId)
  const title = words.title(forYou, open?.name ?? place)
  const close = () => setDialog(null)
  usePresenceReport()
  useShortcuts([...rooms, ...direct], roomId)

  useEffect(() => {
    document.title = title
    document.getElementById('favicon')?.setAttribute('href', forYou > 0 ? '/mark-lit.svg' : '/mark.svg')
  }, [title, forYou])

  // When the conversation is there, what may be opened next is fetched before it is.
  useEffect(() => {
    if (ready) for (const { fetch } of [NewRoom, NewDirect, Rename]) fetch()
  }, [ready])

  if (signedOut) {
    return (
      <main className="unreachable">
        <h1>{words.signedOut}</h1>
        <Button look="line" onClick={() => location.reload()}>
          {words.comeInAgain}
        </Button>
      </main>
    )
  }
  if (!ready) return <Loading />
  const home = rooms[0]?.id
  return (
    <div className="shell" data-list={roomId === null || undefined}>
      {open && (
        <a className="skip" href="#composer">
          {words.skip}
        </a>
      )}
      <Sidebar
        place={place}
        rooms={rooms}
        direct={direct}
        openRoomId={roomId}
        isMain={roomId === null}
        onAct={setDialog}
      />
      <Switch>
        <Route path="/r/:roomId">
          {({ roomId: id }) =>
            open ? <Conversation key={id} roomId={id} /> : greeted ? <Missing roomId={id} /> : <Loading />
          }
        </Route>
        <Route>{!phone.matches && home ? <Redirect to={`/r/${home}`} replace /> : null}</Route>
      </Switch>
      <Announcer roomId={roomId} />
      {dialog === 'room' && <NewRoom onClose={close} />}
      {dialog === 'person' && <NewDirect onClose={close} />}
      {dialog === 'name' && me && <Rename name={me.name} onClose={close} />}
    </div>
  )
}
