import { useImperativeHandle, useLayoutEffect, type Ref } from 'react'
import { useLate } from '../ui/useLate.ts'
import { Button } from '../ui/Button.tsx'
import { Mark } from '../ui/Mark.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { dayOf, timeOf } from '../ui/time.ts'
import { words } from '../ui/words.ts'
import { copyMessages } from './copy.ts'
import { Deleted } from './Deleted.tsx'
import { layOut } from './layout.ts'
import { Message } from './Message.tsx'
import { Notice } from './Notice.tsx'
import type { MessageRow } from './rows.ts'
import { usePlace } from './usePlace.ts'
import type { useRoom } from './useRoom.ts'
import { useRoving } from './useRoving.ts'
import { useSeen } from './useSeen.ts'
import './MessageList.css'

type Props = {
  view: ReturnType<typeof useRoom>
  roomId: string
  /** Rises with each message that this tab sends: one's own message is always shown. */
  sent: number
  onEdit: (row: MessageRow) => void
  onTopic: () => void
  /** Goes to the end. */
  ref: Ref<() => void>
}

/** The conversation, and the way back to its end. */
export function MessageList({ view, roomId, sent, onEdit, onTopic, ref }: Props) {
  'use memo'
  const { title, lineAfter, unread, other, loading, room } = view
  const { scroller, content, away, look, showEnd, toEnd } = usePlace(roomId, view)
  const { rows, current, ...roving } = useRoving(content, view.rows)
  const waiting = useLate(loading)
  useSeen(scroller, rows, view.seen)
  useImperativeHandle(ref, () => () => void toEnd())

  useLayoutEffect(() => {
    if (sent > 0) showEnd()
  }, [sent])

  return (
    <div className="message-list">
      <div
        className="scroller"
        role="region"
        aria-label={words.messagesIn(title)}
        aria-busy={loading}
        ref={scroller}
        onScroll={look}
        onCopy={(event) => copyMessages(event, rows)}
        {...roving}
      >
        <div className="content" ref={content}>
          {waiting && <Skeleton />}
          {rows.length === 0 && !loading && (
            <div className="row empty">
              <Mark />
              <div>
                <p className="big">{words.emptyRoom(title)}</p>
                {room?.kind === 'public' ? (
                  <>
                    <p>{words.emptyRoomHint}</p>
                    {!room.topic && (
                      <Button look="ink" onClick={onTopic}>
                        {words.sayWhatFor}
                      </Button>
                    )}
                  </>
                ) : (
                  <p>{words.emptyDirectHint(title)}</p>
                )}
              </div>
            </div>
          )}
          {layOut(rows, lineAfter).map(({ key, at, items }) => (
            <section key={key} aria-label={dayOf(at)}>
              <h2 className="row day">
                <span>{dayOf(at)}</span>
              </h2>
              <ol>
                {items.map((item) =>
                  item.type === 'message' ? (
                    <Message
                      key={item.row.key}
                      row={item.row}
                      first={item.first}
                      tabIndex={item.row.key === current ? 0 : -1}
                      onRetry={view.retry}
                      onEdit={onEdit}
                      onDiscard={view.discard}
                    />
                  ) : item.type === 'deleted' ? (
                    <Deleted
                      key={item.rows[0]?.key}
                      rows={item.rows}
                      tabIndex={item.rows.some(({ key }) => key === current) ? 0 : -1}
                    />
                  ) : item.type === 'notice' ? (
                    <Notice key={item.row.key} joined={item.row.joined} left={item.row.left} />
                  ) : (
                    <li key="new" className="row new-line">
                      <h3 aria-label={words.newSince(timeOf(item.since))}>
                        <b>{words.new}</b>
                      </h3>
                    </li>
                  ),
                )}
              </ol>
            </section>
          ))}
        </div>
      </div>
      {away && (
        <button
          type="button"
          className="pill"
          data-for-you={(unread > 0 && other !== null) || undefined}
          onClick={() => void toEnd()}
        >
          ↓ {unread > 0 ? words.newBelow(unread, other !== null) : words.latest}
        </button>
      )}
    </div>
  )
}
