import { memo } from 'react'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { exactTimeOf, timeOf } from '../ui/time.ts'
import { words } from '../ui/words.ts'
import { copyText } from './copy.ts'
import type { MessageRow } from './rows.ts'
import './Message.css'

type Props = {
  row: MessageRow
  /** First of a group: shows whose it is. */
  first: boolean
  tabIndex: number
  onRetry: (key: string) => void
  onEdit: (row: MessageRow) => void
  onDiscard: (key: string) => void
}

/** Three signs at most, and nothing else: they are shown large. */
const FEW_EMOJI = /^(?:\p{RGI_Emoji}\s*){1,3}$/v

/** Drawn again only when it is another row: the list is long, and most of it never changes. */
export const Message = memo(function Message({ row, first, tabIndex, onRetry, onEdit, onDiscard }: Props) {
  const { key, seq, author, body, sentAt, editedAt, own, state, reason } = row
  return (
    <li
      className="message row"
      data-first={first || undefined}
      data-own={own || undefined}
      data-state={state}
      data-seq={seq ?? undefined}
      data-key={key}
      tabIndex={tabIndex}
    >
      <span className="who">
        {first ? (
          <>
            <bdi className="name">{own ? words.you : author.name}</bdi>
            <Avatar person={author} />
          </>
        ) : (
          <span className="unseen">{own ? words.you : author.name}</span>
        )}
      </span>
      <div className="body">
        <p dir="auto" data-big={(body.length < 64 && FEW_EMOJI.test(body)) || undefined}>
          {body}
          {editedAt !== null && <small title={words.editedAt(exactTimeOf(editedAt))}>{words.edited}</small>}
        </p>
        {state === 'failed' && (
          <div className="failure">
            <Icon name="alert" />
            <span>{words.notSent(reason)}</span>
            <Button look="line" onClick={() => onRetry(key)}>
              {words.tryAgain}
            </Button>
            <Button onClick={() => onEdit(row)}>{words.edit}</Button>
            <Button onClick={({ currentTarget }) => copyText(currentTarget, body)}>{words.copy}</Button>
            <Button onClick={() => onDiscard(key)}>{words.discard}</Button>
          </div>
        )}
      </div>
      <span className="slot">
        {state === 'sent' && (
          <time dateTime={new Date(sentAt).toISOString()} title={exactTimeOf(sentAt)}>
            {timeOf(sentAt)}
          </time>
        )}
        {state === 'sending' && <span className="late">{words.sending}</span>}
        {state === 'waiting' && words.waiting}
      </span>
    </li>
  )
})
