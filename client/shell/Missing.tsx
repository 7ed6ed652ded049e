import { Link } from 'wouter'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { words } from '../ui/words.ts'

/** A room that one is not in, or not any more; with what one still wanted to say there. */
export function Missing({ roomId }: { roomId: string }) {
  const { discard } = useSocket()
  const unsent = useStore(({ outbox }) => outbox).filter((entry) => entry.roomId === roomId)
  return (
    <main className="missing">
      <h1>{words.noRoom}</h1>
      <ul>
        {unsent.map(({ key, body }) => (
          <li key={key}>
            {words.notSent(body)} <Button onClick={() => discard(key)}>{words.discard}</Button>
          </li>
        ))}
      </ul>
      <Link href="/" className="home">
        {words.backToRooms}
      </Link>
    </main>
  )
}
