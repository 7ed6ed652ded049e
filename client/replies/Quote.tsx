import { flushSync } from 'react-dom'
import { useLocation } from 'wouter'
import { saidWith } from '../mentions/plain.ts'
import { Forwarded } from '../forwards/Forwarded.tsx'
import { heldAt } from '../messages/beside.ts'
import type { MessageRow } from '../messages/rows.ts'
import { useStore } from '../socket/useSocket.ts'
import { more } from '../ui/moreWords.ts'
import { words } from '../ui/words.ts'
import { gist } from '../uploads/gist.ts'
import { Arrow } from './Arrow.tsx'
import './Quote.css'

/** A floating pane would hide where one goes. */
const floats = matchMedia('(width < 75rem)')

/** Above a message, in one line that leads there: whose words it repeats, or what it answers. Back leads to the message again. */
export const Quote = ({ row }: { row: MessageRow }) =>
  row.said.forwarded ? <Forwarded of={row.said.forwarded} /> : <Answered row={row} />

function Answered({ row }: { row: MessageRow }) {
  const { seq, said } = row
  const { roomId, replyTo = 0 } = said
  const parent = useStore(({ rooms }) => rooms[roomId] && heldAt(rooms[roomId].timeline, replyTo))
  const people = useStore((state) => state.people)
  const me = useStore((state) => state.me)
  const isBlocked = useStore(({ moderation }) => moderation.blocked.includes(parent?.authorId ?? ''))
  const [, navigate] = useLocation()
  const address = `/r/${roomId}/${replyTo}`

  function go(): void {
    const beside = floats.matches ? '' : location.hash
    // Each is a step of its own: else whoever comes to the same message again would be there already.
    if (seq !== null) flushSync(() => navigate(`/r/${roomId}/${seq}${beside}`, { replace: true }))
    navigate(address + beside)
  }

  return (
    <a
      href={address}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        go()
      }}
    >
      <Arrow />
      <span className="unseen">{more.inReplyTo} </span>
      {parent && !parent.deleted && !isBlocked ? (
        <>
          <b>
            <bdi>{parent.authorId === me?.id ? words.you : people[parent.authorId]?.name}</bdi>
          </b>{' '}
          {words.asked(parent.poll, saidWith(people, gist(parent)))}
        </>
      ) : isBlocked ? (
        words.blocked
      ) : parent ? (
        more.quotedDeleted
      ) : (
        more.quotedUnknown
      )}
    </a>
  )
}
