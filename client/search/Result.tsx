import { useId } from 'react'
import { Link } from 'wouter'
import type { Preview } from '../../protocol/rooms.ts'
import { saidWith } from '../mentions/plain.ts'
import { useStore } from '../socket/useSocket.ts'
import { gist } from '../uploads/gist.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { more } from '../ui/moreWords.ts'
import { exactTimeOf, shortTimeOf } from '../ui/time.ts'
import { words } from '../ui/words.ts'
import { Excerpt } from './Excerpt.tsx'
import type { Found } from './useResults.ts'

type Props = {
  found: Found
  /** Also the one above it is of this room. */
  again: boolean
  /** What stands beside it there, as far as that is not among the results next to it. */
  before?: Preview | undefined
  after?: Preview | undefined
  onOpen: (href: string) => void
}

/** A message that was found, and the way to it. It is called by what it says itself; what stands around it only describes it. */
export function Result({ found: { message, marks, room, author }, again, before, after, onOpen }: Props) {
  const id = useId()
  const href = `/r/${message.roomId}/${message.seq}`
  return (
    <Link
      href={href}
      className="row"
      aria-labelledby={`${id}room ${id}said ${id}time`}
      aria-describedby={before || after ? `${id}before ${id}after` : undefined}
      onClick={() => onOpen(href)}
    >
      <b id={`${id}room`} className="where" data-again={again || undefined}>
        <bdi>{room.name}</bdi>
      </b>
      {before && <Beside id={`${id}before`} where={more.before} line={before} />}
      <span id={`${id}said`} className="said">
        <b>
          {author && <Avatar person={author} />} <bdi>{author?.name}</bdi>
        </b>{' '}
        <span dir="auto">
          <Excerpt message={message} marks={marks} />
        </span>
      </span>
      {after && <Beside id={`${id}after`} where={more.after} line={after} />}
      <time id={`${id}time`} dateTime={new Date(message.sentAt).toISOString()} title={exactTimeOf(message.sentAt)}>
        {shortTimeOf(message.sentAt)}
      </time>
    </Link>
  )
}

/** One quiet line. */
function Beside({ id, where, line }: { id: string; where: string; line: Preview }) {
  const people = useStore((state) => state.people)
  const { authorId, text, files, poll } = line
  return (
    <span id={id} className="beside">
      <span className="unseen">{where}</span> <bdi>{people[authorId]?.name}</bdi>{' '}
      <span dir="auto">{words.asked(poll, saidWith(people, gist({ body: text, files })))}</span>
    </span>
  )
}
