import { Link } from 'wouter'
import { saidWith } from '../mentions/plain.ts'
import { useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { words } from '../ui/words.ts'
import { Problem } from '../ui/Problem.tsx'
import { gist } from '../uploads/gist.ts'
import { usePins } from './usePins.ts'

/** What is pinned to a room, and the way there. */
export function PinnedMessages({ roomId }: { roomId: string }) {
  const { messages, problem, showMore } = usePins(roomId)
  const people = useStore((state) => state.people)
  return (
    <>
      {messages.length > 0 && <h3>{more.pinnedMessages}</h3>}
      <ul aria-label={more.pinnedMessages}>
        {messages.map((message) => (
          <li key={message.seq} className="quote">
            <Link href={`/r/${roomId}/${message.seq}`}>
              <b>
                <bdi>{people[message.authorId]?.name}</bdi>
              </b>{' '}
              {words.asked(message.poll, saidWith(people, gist(message)))}
            </Link>
          </li>
        ))}
      </ul>
      {showMore && <Button onClick={showMore}>{more.more}</Button>}
      <Problem>{problem}</Problem>
    </>
  )
}
