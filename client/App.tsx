import { useEffect, useRef, useState } from 'react'
import { getPlace, type PlaceInfo } from './place/api.ts'
import { Loading } from './shell/Loading.tsx'
import { Shell } from './shell/Shell.tsx'
import { connect, type Connection } from './socket/connect.ts'
import type { Recalled } from './socket/reads.ts'
import { useDatabase } from './socket/storage.ts'
import { SocketContext } from './socket/useSocket.ts'
import { Button } from './ui/Button.tsx'
import { words } from './ui/words.ts'
import { Welcome } from './welcome/Welcome.tsx'

/** What the page can begin without comes after it. Null where it does not come. */
const offline = import('./offline.ts').catch(() => null)

/** Whoever is known goes straight in, to what this browser was last shown; everybody else is asked for a name. */
export function App() {
  const [place, setPlace] = useState<PlaceInfo | null>(null)
  const [recalled, setRecalled] = useState<Recalled | null>(null)
  const [failed, setFailed] = useState(false)
  const [connection, setConnection] = useState<Connection | null>(null)
  const opened = useRef<Connection | null>(null)
  const recall = useRef<Promise<Recalled | null>>(null)

  /** One connection for as long as the page lives, however often this is drawn. */
  function enter(name: string, found: Recalled | null): void {
    if (!opened.current) {
      const { store } = (opened.current = connect())
      void offline.then((parts) => parts?.begin(store, useDatabase, name, found))
    }
    if (found) opened.current.recall(found.event)
    setConnection(opened.current)
  }

  async function ask(): Promise<void> {
    setFailed(false)
    recall.current ??= offline.then((parts) => parts?.recall(useDatabase) ?? null).catch(() => null)
    const asked = getPlace().catch(() => null)
    void recall.current.then((found) => {
      setRecalled(found)
      if (found) enter(found.name, found)
    })
    const info = await asked
    const found = await recall.current
    setPlace(info)
    setFailed(!info && !found)
    if (info?.me) enter(info.place.name, found)
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
  // Whoever this browser remembers is not signed in any more.
  if (place && !place.me && (recalled || !connection)) {
    return <Welcome {...place} onIn={() => (recalled ? location.reload() : enter(place.place.name, null))} />
  }
  const name = place?.place.name ?? recalled?.name
  if (!connection || name === undefined) return <Loading />
  return (
    <SocketContext value={connection}>
      <Shell place={name} />
    </SocketContext>
  )
}
