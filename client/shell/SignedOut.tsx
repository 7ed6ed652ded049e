import { useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'

/** Nobody is known here any more: why, and the way back. */
export function SignedOut({ place }: { place: string }) {
  const removed = useStore((state) => state.removed)
  return (
    <main className="unreachable">
      <h1>{removed ? more.removedFrom(place) : more.signedOut}</h1>
      <Button look="line" onClick={() => location.reload()}>
        {more.comeInAgain}
      </Button>
    </main>
  )
}
