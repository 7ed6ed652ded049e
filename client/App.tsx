import { useEffect, useState } from 'react'
import { getPlace, type PlaceInfo } from './place/api.ts'
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

  const ask = () => {
    setFailed(false)
    getPlace().then(
      (info) => {
        setPlace(info)
        if (info.me) setConnection((known) => known ?? connect())
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
  return place && !place.me ? <Welcome {...place} onIn={() => setConnection(connect())} /> : null
}
