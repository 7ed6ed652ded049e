import { useEffect, useState } from 'react'
import { getPlace } from '../place/api.ts'
import { useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'

/** Nobody is known here any more: why, and the way back, where there is one. */
export function SignedOut({ place }: { place: string }) {
  const removed = useStore((state) => state.removed)
  /** Null as long as it is not known. */
  const [shutOut, setShutOut] = useState<boolean | null>(null)
  useEffect(() => {
    getPlace().then(
      (info) => setShutOut(info.shutOut),
      () => setShutOut(false),
    )
  }, [])
  const why = removed ? (shutOut ? more.bannedFrom(place) : more.removedFrom(place)) : more.signedOut
  return (
    <main className="unreachable">
      <h1>{why}</h1>
      {shutOut && <p>{more.shutOut}</p>}
      {shutOut === false && (
        <Button look="line" onClick={() => location.reload()}>
          {more.comeInAgain}
        </Button>
      )}
    </main>
  )
}
