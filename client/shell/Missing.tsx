import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { plainWith } from '../mentions/plain.ts'
import { useRoomActions } from '../rooms/useRoomActions.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { words } from '../ui/words.ts'
import { gist } from '../uploads/gist.ts'
import { abandon } from '../uploads/uploads.ts'
import { useTitle } from './useTitle.ts'

/**
 * A room that one is not in, or not any more; with what one still wanted to say there. Or, without a room, an address of nothing,
 * which is all that a page is to those whom it is not for.
 */
export function Missing({ roomId }: { roomId: string | null }) {
  const { discard } = useSocket()
  const people = useStore((state) => state.people)
  const unsent = useStore(({ outbox }) => outbox).filter((entry) => entry.roomId === roomId)
  useTitle(roomId === null ? more.noPage : null)
  const heading = useRef<HTMLHeadingElement>(null)
  // Where somebody was when the room went from under them is there no more: they hear why.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus()
  }, [])
  return (
    <main className="missing">
      <h1 ref={heading} tabIndex={-1}>
        {roomId === null ? more.noPage : more.noRoom}
      </h1>
      {roomId !== null && <Join roomId={roomId} />}
      <ul>
        {unsent.map(({ key, body, files }) => (
          <li key={key}>
            {more.notSent(plainWith(people, gist({ body, files })))}{' '}
            <Button
              onClick={() => {
                abandon(files)
                discard(key)
              }}
            >
              {more.discard}
            </Button>
          </li>
        ))}
      </ul>
      <Link href="/" className="home">
        {words.backToRooms}
      </Link>
    </main>
  )
}

/** Whoever was led here by a link may be let in: whether there is such a room is not told before. */
function Join({ roomId }: { roomId: string }) {
  const { join } = useRoomActions()
  const [problem, setProblem] = useState<string | null>(null)
  async function tryIt(): Promise<void> {
    setProblem(null)
    const answer = await join(roomId)
    if (!answer.ok) setProblem(answer.error.message)
  }
  return (
    <>
      <p>{more.maybeOpen}</p>
      <Problem>{problem}</Problem>
      <Button look="line" onClick={() => void tryIt()}>
        {more.joinRoom}
      </Button>
    </>
  )
}
