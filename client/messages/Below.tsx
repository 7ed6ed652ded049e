import type { Message } from '../../protocol/messages.ts'
import { useStore } from '../socket/useSocket.ts'
import { adopt } from '../ui/adopt.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { more } from '../ui/moreWords.ts'
import { words } from '../ui/words.ts'
import { abandon } from '../uploads/uploads.ts'
import { useTakeBack } from '../uploads/useTakeBack.ts'
import { copyText } from './copy.ts'
import { threadAt } from './drafts.ts'
import type { MessageRow } from './rows.ts'
import css from './Below.css?inline'

adopt(css)

export type BelowProps = {
  row: MessageRow
  onRetry: (key: string) => void
  onEdit: (row: MessageRow) => void
  onDiscard: (key: string) => void
}

/** What stands below some messages. */
export function Below(props: BelowProps) {
  const { seq, said, state } = props.row
  if (state === 'failed') return <Failed {...props} />
  return (
    <>
      {said.replies && seq !== null && <ThreadLink seq={seq} {...said.replies} />}
      {said.pinned && <Pinned by={said.pinned.by} />}
    </>
  )
}

/** Where a thread begins: how many replied, and who did last. */
function ThreadLink({ seq, count, by }: NonNullable<Message['replies']> & { seq: number }) {
  const people = useStore((state) => state.people)
  return (
    <a className="button stack" href={threadAt(seq)}>
      {by.map((id) => people[id] && <Avatar key={id} person={people[id]} bare />)}
      {more.repliesOf(count)}
    </a>
  )
}

function Pinned({ by }: { by: string }) {
  const name = useStore(({ people, me }) => (by === me?.id ? null : (people[by]?.name ?? '')))
  return <p className="quote">{more.pinnedBy(name)}</p>
}

/** Where a message was not taken: why, and what can be done about it. */
function Failed({ row, onRetry, onEdit, onDiscard }: BelowProps) {
  const takeBack = useTakeBack(onEdit)
  const { key, said, reason } = row

  return (
    <div className="failure">
      <Icon name="alert" />
      <span>{more.notSent(reason)}</span>
      <Button look="line" onClick={() => onRetry(key)}>
        {words.tryAgain}
      </Button>
      {/* A box holds no poll, and nobody else’s words. */}
      {!said.poll && !said.forward && <Button onClick={() => takeBack(row)}>{words.edit}</Button>}
      <Button onClick={({ currentTarget }) => copyText(currentTarget)}>{more.copy}</Button>
      <Button
        onClick={() => {
          abandon(said.files)
          onDiscard(key)
        }}
      >
        {more.discard}
      </Button>
    </div>
  )
}
