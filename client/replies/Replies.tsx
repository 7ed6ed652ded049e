import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { Composer } from '../messages/Composer.tsx'
import { draftIn } from '../messages/drafts.ts'
import { Deleted } from '../messages/Deleted.tsx'
import { layOut } from '../messages/layout.ts'
import { Message } from '../messages/Message.tsx'
import type { MessageRow, Said } from '../messages/rows.ts'
import { Tools } from '../messages/Tools.tsx'
import { useAddToDraft } from '../messages/useDraft.ts'
import { useRoving } from '../messages/useRoving.ts'
import { Blocked } from '../moderation/Blocked.tsx'
import { ReadOnly } from '../rooms/ReadOnly.tsx'
import { useOnline } from '../socket/useOnline.ts'
import { useTyping } from '../typing/useTyping.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { useLate } from '../ui/useLate.ts'
import { words } from '../ui/words.ts'
import { useThread } from './useThread.ts'
import './Replies.css'

/** What answers the first message needs no quote of it here, and what is not sent goes back into the box that is here. */
function saidHere({ seq, said }: MessageRow, thread: number): Said {
  const box = draftIn(said.roomId, thread)
  if (seq !== thread && said.replyTo !== thread) return seq === null ? { ...said, box } : said
  const { replyTo: _quoted, replies: _led, ...rest } = said
  return { ...rest, box }
}

const known = new WeakMap<MessageRow, MessageRow>()

/** The same row of the room is the same row here, which has one thread: what did not change is not drawn again. */
function rowHere(row: MessageRow, thread: number): MessageRow {
  const before = known.get(row)
  if (before) return before
  const said = saidHere(row, thread)
  const here = said === row.said ? row : { ...row, said }
  known.set(row, here)
  return here
}

/**
 * One thread: a filter of the room's own stream. It is no second place to be unread in: how far somebody has read is one position
 * in the room, which only what they see there moves; what they write moves it from here as well.
 */
export function Replies({ roomId, thread }: { roomId: string; thread: number }) {
  'use memo'
  const view = useThread(roomId, thread)
  const { discard } = view
  const [path, navigate] = useLocation()
  const pane = useRef<HTMLElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const { rows, current, ...roving } = useRoving(content, view.rows)
  const { typed, stopped } = useTyping(roomId)
  const addToDraft = useAddToDraft(draftIn(roomId, thread))
  const online = useOnline()
  const waiting = useLate(view.loading)
  const name = view.isMine ? words.you : (view.author?.name ?? more.quotedUnknown)

  // Where one came from is where one goes back to.
  useEffect(() => {
    const opener = document.activeElement
    const field = matchMedia('(pointer: fine)').matches ? 'textarea' : 'header button'
    pane.current?.querySelector<HTMLElement>(field)?.focus({ preventScroll: true })
    return () => {
      if (document.activeElement === document.body && opener instanceof HTMLElement && opener.isConnected)
        opener.focus({ preventScroll: true })
    }
  }, [])

  const close = () => navigate(path, { replace: true })

  function edit({ key, body }: MessageRow): void {
    addToDraft(body)
    discard(key)
  }

  function one(row: MessageRow, first: boolean) {
    const tabIndex = row.key === current ? 0 : -1
    const message = (
      <Message
        key={row.key}
        row={rowHere(row, thread)}
        first={first}
        tabIndex={tabIndex}
        onRetry={view.retry}
        onEdit={edit}
        onDiscard={discard}
      />
    )
    return view.blocked.includes(row.author.id) ? (
      <Blocked key={row.key} row={row} tabIndex={tabIndex}>
        {message}
      </Blocked>
    ) : (
      message
    )
  }

  return (
    <aside
      className="details replies"
      aria-label={more.replies}
      ref={pane}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing || (event.target as Element).closest('dialog'))
          return
        event.stopPropagation()
        close()
      }}
    >
      <header>
        <h2>
          {more.replies} <small>{more.repliesIn(view.title)}</small>
        </h2>
        <Button look="icon" aria-label={more.closeReplies} onClick={close}>
          <Icon name="close" />
        </Button>
      </header>
      <div className="message-list">
        <div className="scroller" ref={scroller} {...roving}>
          <div className="content" ref={content}>
            {waiting && <Skeleton />}
            {view.loadEarlier && (
              <div className="row">
                <Button look="line" onClick={view.loadEarlier}>
                  {more.earlierReplies}
                </Button>
              </div>
            )}
            <ol>
              {layOut(rows, null).flatMap(({ items }) =>
                items.flatMap((item) =>
                  item.type === 'message'
                    ? one(item.row, item.first)
                    : item.type === 'deleted'
                      ? [<Deleted key={item.rows[0]?.key} rows={item.rows} tabIndex={-1} />]
                      : [],
                ),
              )}
            </ol>
            {view.problem && (
              <div className="row">
                <Problem>{view.problem}</Problem>
                <Button onClick={view.reload}>{words.tryAgain}</Button>
              </div>
            )}
            {!view.loading && view.rows.length < 2 && !view.problem && <p className="row">{more.noReplies}</p>}
          </div>
        </div>
      </div>
      <Tools scroller={scroller} rows={rows} roomId={roomId} />
      {view.readOnly ? (
        <ReadOnly archived={view.archived} />
      ) : (
        <div>
          <Composer
            roomId={roomId}
            title={view.title}
            draftName={draftIn(roomId, thread)}
            label={more.replyTo(name)}
            offline={!online}
            onSend={(text, along) => view.send(text, along) === null}
            onTyped={typed}
            onStopped={stopped}
            problem={null}
          />
        </div>
      )}
    </aside>
  )
}
