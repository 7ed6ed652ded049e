import { memo, useState } from 'react'
import { Avatar } from '../ui/Avatar.tsx'
import { dialog } from '../rooms/dialog.ts'
import { exactTimeOf, timeOf } from '../ui/time.ts'
import { words } from '../ui/words.ts'
import type { BelowProps } from './Below.tsx'
import { Body } from './Body.tsx'
import { mayFold } from './fold.ts'
import './Message.css'

const Quote = dialog('Quote')
const Below = dialog('Below')
const Poll = dialog('Poll')
const Files = dialog('Files')
const Fold = dialog('Fold')
const LinkPreview = dialog('LinkPreview')
const Reactions = dialog('Reactions')

type Props = BelowProps & {
  /** First of a group: shows whose it is. */
  first: boolean
  tabIndex: number
}

/** Three signs at most, and nothing else: they are shown large. */
const FEW_EMOJI = /^(?:\p{RGI_Emoji}\s*){1,3}$/v

/** Drawn again only when it is another row: the list is long, and most of it never changes. */
export const Message = memo(function Message({ row, first, tabIndex, onRetry, onEdit, onDiscard }: Props) {
  const { key, seq, author, body, reactions, toYou, sentAt, editedAt, own, state, said } = row
  // What this tab sends stands there whole already.
  const [folds] = useState(() => seq !== null && mayFold(body))
  return (
    <li
      className="message row"
      data-first={first || undefined}
      data-own={own || undefined}
      data-to-you={toYou || undefined}
      data-state={state}
      data-seq={seq ?? undefined}
      data-key={key}
      tabIndex={tabIndex}
    >
      {first ? (
        <button type="button" className="who" tabIndex={-1} data-person={author.id}>
          <bdi className="name">{own ? words.you : author.name}</bdi>
          <Avatar person={author} />
        </button>
      ) : (
        <span className="who unseen">{own ? words.you : author.name}</span>
      )}
      <div className="body">
        {(said.replyTo || said.forwarded) && (
          <div className="quote">
            <Quote row={row} />
          </div>
        )}
        {body && (
          <div
            className="text"
            dir="auto"
            data-big={(body.length < 64 && FEW_EMOJI.test(body)) || undefined}
            data-word={/[!-~]{400}/.test(body) || undefined}
            data-folded={folds || undefined}
          >
            <Body
              row={row}
              end={
                editedAt !== null && (
                  <small>
                    <button type="button" tabIndex={-1} title={words.editedAt(exactTimeOf(editedAt))}>
                      {words.edited}
                    </button>
                  </small>
                )
              }
            />
          </div>
        )}
        {folds && <Fold />}
        {said.poll && <Poll row={row} />}
        {said.preview && (
          <div className="linked">
            <LinkPreview row={row} />
          </div>
        )}
        {said.files && <Files row={row} onEdit={onEdit} />}
        {seq !== null && <Reactions roomId={said.roomId} seq={seq} reactions={reactions} />}
        {(state === 'failed' || said.replies || said.pinned) && (
          <Below row={row} onRetry={onRetry} onEdit={onEdit} onDiscard={onDiscard} />
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
