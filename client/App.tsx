import { useEffect, useRef, useState } from 'react'
import { getPlace, type PlaceInfo } from './place/api.ts'
import { Loading } from './shell/Loading.tsx'
import { Shell } from './shell/Shell.tsx'
import { connect, type Connection } from './socket/connect.ts'
import { SocketContext } from './socket/useSocket.ts'
import { Button } from './ui/Button.tsx'
import { words } from './ui/words.ts'
import { Welcome } from './welcome/Welcome.tsx'

/** Whoever is known goes straight in; everybody else is asked for a name. */
export function App() {
  const [place, setPlace] = useState<PlaceInfo | null>(null)
  const [failed, setFailed] = useState(false)
  const [connection, setConnection] = useState<Connection | null>(null)
  const opened = useRef<Connection | null>(null)

  /** One connection for as long as the page lives, however often this is drawn. */
  function enter() {
    opened.current ??= connect()
    setConnection(opened.current)
  }

  function ask() {
    setFailed(false)
    getPlace().then(
      (info) => {
        setPlace(info)
        if (info.me) enter()
      },
      () => setFailed(true),
    )
  }
  useEffect(ask, [])

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
  if (connection && place) {
    return (
      <SocketContext value={connection}>
        <Shell place={place.place.name} />
      </SocketContext>
    )
  }
  return place && !place.me ? <Welcome {...place} onIn={enter} /> : <Loading />
}
