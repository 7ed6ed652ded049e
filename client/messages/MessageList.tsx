import { useImperativeHandle, useLayoutEffect, type Ref } from 'react'
import { dialog } from '../rooms/dialog.ts'
import { useLate } from '../ui/useLate.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import { dayOf, timeOf } from '../ui/time.ts'
import { words } from '../ui/words.ts'
import { Deleted } from './Deleted.tsx'
import { layOut } from './layout.ts'
import { Message } from './Message.tsx'
import { Notice } from './Notice.tsx'
import type { MessageRow } from './rows.ts'
import { usePlace, wasLeft } from './usePlace.ts'
import type { useRoom } from './useRoom.ts'
import { useRoving } from './useRoving.ts'
import { useSeen } from './useSeen.ts'
import { useWhole } from './useWhole.ts'
import './MessageList.css'

const Tools = dialog('Tools')
const Jump = dialog('Jump')
const Blocked = dialog('Blocked')
type Props = {
  view: ReturnType<typeof useRoom>
  roomId: string
  /** The message that the address names. */
  at: number | null
  /** Rises with each message that this tab sends: one's own message is always shown. */
  sent: number
  onEdit: (row: MessageRow) => void
  onTopic: () => void
  /** Goes to the end. */
  ref: Ref<() => void>
}

const Empty = dialog('Empty')

/** The conversation, and the way back to its end. */
export function MessageList({ view: all, roomId, at, sent, onEdit, onTopic, ref }: Props) {
  'use memo'
  const view = useWhole(all, at !== null || wasLeft(roomId))
  const { title, lineAfter, unread, forYou, loading, room, blocked } = view
  const { scroller, content, away, look, showEnd, toEnd } = usePlace(roomId, view, at)
  const { rows, current, ...roving } = useRoving(content, view.rows)
  const waiting = useLate(loading)
  useSeen(scroller, rows, view.seen)
  useImperativeHandle(ref, () => () => void toEnd())

  useLayoutEffect(() => {
    if (sent > 0) showEnd()
  }, [sent])

  function one(row: MessageRow, first: boolean) {
    const tabIndex = row.key === current ? 0 : -1
    const message = (
      <Message
        key={row.key}
        row={row}
        first={first}
        tabIndex={tabIndex}
        onRetry={view.retry}
        onEdit={onEdit}
        onDiscard={view.discard}
      />
    )
    return blocked.includes(row.author.id) ? (
      <Blocked key={row.key} row={row} tabIndex={tabIndex}>
        {message}
      </Blocked>
    ) : (
      message
    )
  }

  return (
    <div className="message-list">
      <div
        className="scroller"
        role="region"
        aria-label={words.messagesIn(title)}
        aria-busy={loading}
        ref={scroller}
        onScroll={look}
        {...roving}
      >
        <div className="content" ref={content}>
          {waiting && <Skeleton />}
          {rows.length === 0 && !loading && (
            <Empty title={title} room={room} readOnly={view.readOnly} onTopic={onTopic} />
          )}
          {layOut(rows, lineAfter).map(({ key, at, items }) => (
            <section key={key} aria-label={dayOf(at)}>
              <h2 className="row day">
                <span>{dayOf(at)}</span>
              </h2>
              <ol>
                {items.map((item) =>
                  item.type === 'message' ? (
                    one(item.row, item.first)
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
      <Tools scroller={scroller} rows={rows} roomId={roomId} />
      {at !== null && <Jump at={at} view={view} scroller={scroller} />}
      {away && (
        <button type="button" className="pill" data-for-you={forYou > 0 || undefined} onClick={() => void toEnd()}>
          ↓ {unread > 0 ? words.newBelow(unread, forYou) : words.latest}
        </button>
      )}
    </div>
  )
}
