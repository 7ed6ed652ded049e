import { useEffect, useRef, useState } from 'react'
import { comeIn, getInvitation, getPlace, type Invitation, type PlaceInfo } from './place/api.ts'
import { Loading } from './shell/Loading.tsx'
import { Shell } from './shell/Shell.tsx'
import { connect, type Connection } from './socket/connect.ts'
import type { Recalled } from './socket/reads.ts'
import { withDatabase } from './socket/storage.ts'
import { SocketContext } from './socket/useSocket.ts'
import { Button } from './ui/Button.tsx'
import { later } from './ui/later.tsx'
import { words } from './ui/words.ts'

/** Nobody needs it who is known here: then the conversation does not wait for it. */
const Welcome = later(async () => (await import('./welcome/Welcome.tsx')).Welcome)
const ByLink = later(async () => (await import('./welcome/Welcome.tsx')).ByLink)

/** The link that this page was opened by. The token of one of ours is no part of an address that a server or a log would see. */
const link = { path: location.pathname, token: (location.hash || location.search).slice(1) }

/** Without a room it is the first one: nobody who has just come in is shown a list, on a phone neither. */
const showRoom = (room: Invitation['room'] | undefined) => history.replaceState('in', '', room ? `/r/${room.id}` : '/')

const isDoor = /^\/(begin|here|reset|sso)$/.test(link.path)

/** What the page can begin without comes after it. Null where it does not come. */
const offline = import('./offline.ts').catch(() => null)

/** Whoever is known goes straight in, to what this browser was last shown; everybody else is asked for a name. */
export function App() {
  const [place, setPlace] = useState<PlaceInfo | null>(null)
  const [recalled, setRecalled] = useState<Recalled | null>(null)
  const [failed, setFailed] = useState(false)
  /** Null for a link that has stopped working. */
  const [invitation, setInvitation] = useState<Invitation | null | undefined>()
  /** What the link makes of whoever opened it, before they are in. */
  const [becoming, setBecoming] = useState(isDoor && link.token !== '')
  const [connection, setConnection] = useState<Connection | null>(null)
  const opened = useRef<Connection | null>(null)
  const recall = useRef<Promise<Recalled | null>>(null)

  /** One connection for as long as the page lives, however often this is drawn. */
  function enter(name: string, found: Recalled | null): void {
    if (!opened.current) {
      const connection = (opened.current = connect())
      void offline.then((parts) => parts?.begin(connection, withDatabase, name, found))
    }
    if (found) opened.current.recall(found.event)
    setConnection(opened.current)
  }

  async function ask(): Promise<void> {
    setFailed(false)
    recall.current ??= offline.then((parts) => parts?.recall(withDatabase) ?? null).catch(() => null)
    const asked = getPlace().catch(() => null)
    void recall.current.then((found) => {
      setRecalled(found)
      if (found) enter(found.name, found)
    })
    let room: Invitation['room'] | undefined
    if (link.path === '/join') {
      const answer = await getInvitation(link.token)
      // Without a network it is not known whether the link works.
      if (answer.ok || answer.error.code === 'not_found') setInvitation(answer.ok ? answer.data : null)
      if (answer.ok) room = answer.data.room
    }
    const info = await asked
    const found = await recall.current
    setPlace(info)
    setFailed(!info && !found)
    if (!info?.me || becoming) return
    // Whoever is here comes into the room that the link leads to.
    if (link.path === '/join') {
      await comeIn(info.me.name, link.token)
      showRoom(room)
    }
    enter(info.place.name, found)
  }

  /** Where the link leads, without its token: it is in nobody's history. */
  function goIn(): void {
    showRoom(invitation?.room)
    if (recalled) location.reload()
    else
      void getPlace()
        .then(
          ({ place: { name } }) => enter(name, null),
          () => setFailed(true),
        )
        // Not before: nobody who is in is asked for a name.
        .finally(() => setBecoming(false))
  }
  useEffect(() => void ask(), [])

  if (failed) {
    return (
      <main className="unreachable">
        <h1>{words.unreachable}</h1>
        <Button look="line" onClick={ask}>
          {words.tryAgain}
        </Button>
      </main>
    )
  }
  if (becoming) {
    if (!place) return <Loading />
    return <ByLink {...link} me={place.me} onIn={goIn} />
  }
  // Whoever this browser remembers is not signed in any more.
  if (place && !place.me && (recalled || !connection)) {
    return <Welcome {...place} invitation={invitation} onIn={goIn} />
  }
  const name = place?.place.name ?? recalled?.name
  if (!connection || name === undefined) return <Loading />
  return (
    <SocketContext value={connection}>
      <Shell name={name} />
    </SocketContext>
  )
}
