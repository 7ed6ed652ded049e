import { saidWith } from '../mentions/plain.ts'
import { targetOf } from '../messages/drafts.ts'
import { heldAt } from '../messages/beside.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { more } from '../ui/moreWords.ts'
import { words } from '../ui/words.ts'
import { gist } from '../uploads/gist.ts'
import { Arrow } from './Arrow.tsx'

/** Above what is being written: what it answers, until one would rather not. */
export function Answering({ roomId, seq }: { roomId: string; seq: number }) {
  const { store } = useSocket()
  const people = useStore((state) => state.people)
  const me = useStore((state) => state.me)
  const parent = useStore(({ rooms }) => rooms[roomId] && heldAt(rooms[roomId].timeline, seq))
  const name = parent && (parent.authorId === me?.id ? words.you : people[parent.authorId]?.name)
  return (
    <div className="answering">
      <p className="quote">
        <Arrow /> {more.replyingTo(name ?? more.quotedUnknown)}
        {parent &&
          `: ${parent.deleted ? more.quotedDeleted : words.asked(parent.poll, saidWith(people, gist(parent)))}`}
      </p>
      <Button
        look="icon"
        aria-label={more.doNotReply(name ?? '')}
        onClick={({ currentTarget }) => {
          currentTarget.closest('form')?.querySelector('textarea')?.focus()
          store.dispatch({ type: 'draft', roomId: targetOf(roomId), text: '' })
        }}
      >
        <Icon name="close" />
      </Button>
    </div>
  )
}
