import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { dayOf, timeOf } from '../ui/time.ts'
import { words } from '../ui/words.ts'
import { holdPlace } from './holdPlace.ts'
import { layOut } from './layout.ts'
import { Message } from './Message.tsx'
import { Notice } from './Notice.tsx'
import type { MessageRow, useRoom } from './useRoom.ts'
import { useRoving } from './useRoving.ts'
import { useSeen } from './useSeen.ts'
import './MessageList.css'

/** So near the end, in pixels, that somebody counts as being there. */
const AT_END = 80

/** Where each room was left, for as long as the page lives: pixels from the end. */
const places = new Map<string, number>()

type Props = {
  view: ReturnType<typeof useRoom>
  roomId: string
  /** Rises with each message that this tab sends: one's own message is always shown. */
  sent: number
  onEdit: (row: MessageRow) => void
}

/** The conversation, and the way back to its end. */
export function MessageList({ view, roomId, sent, onEdit }: Props) {
  const { rows, title, lineAfter, atStart, atEnd, unread, other, loading } = view
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const opened = useRef(false)
  const [away, setAway] = useState(false)
  const roving = useRoving(content, rows)
  useSeen(scroller, rows, view.seen)

  useLayoutEffect(() => {
    if (!scroller.current || !content.current) return
    const list = content.current
    return holdPlace(scroller.current, list, () => [...list.querySelectorAll('li')])
  }, [])

  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0
  }, [sent])

  // The first time there is something: where it was left, or a fifth above the New line, or the end.
  useLayoutEffect(() => {
    const box = scroller.current
    if (opened.current || loading || rows.length === 0 || !box) return
    opened.current = true
    const before = places.get(roomId)
    const line = box.querySelector('.new-line')
    if (line && box.scrollHeight - (line as HTMLElement).offsetTop > box.clientHeight) {
      const edge = box.getBoundingClientRect()
      box.scrollTop += line.getBoundingClientRect().top - edge.top - edge.height / 5
    } else if (!line && before !== undefined) box.scrollTop = before
  }, [loading, rows.length, roomId])

  function scrolled(): void {
    const box = scroller.current
    if (!box) return
    places.set(roomId, box.scrollTop)
    setAway(-box.scrollTop > box.clientHeight || (unread > 0 && -box.scrollTop > AT_END))
    const fromTop = box.scrollHeight - box.clientHeight + box.scrollTop
    if (fromTop < 2 * box.clientHeight && !atStart && !loading) view.loadOlder()
    if (-box.scrollTop < 2 * box.clientHeight && !atEnd) view.loadNewer()
  }
  useEffect(scrolled, [rows.length, atStart, atEnd, unread])

  async function toEnd() {
    await view.goToLatest()
    requestAnimationFrame(() => {
      if (scroller.current) scroller.current.scrollTop = 0
    })
  }

  return (
    <div className="message-list">
      <div
        className="scroller"
        role="region"
        aria-label={words.messagesIn(title)}
        ref={scroller}
        onScroll={scrolled}
        onKeyDown={roving.onKeyDown}
        onFocus={roving.onFocus}
      >
        <div className="content" ref={content}>
          {rows.length === 0 && !loading && <p className="row empty">{words.emptyRoom(title)}</p>}
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
                      tabIndex={item.row.key === roving.current ? 0 : -1}
                      onRetry={view.retry}
                      onEdit={onEdit}
                      onDiscard={view.discard}
                    />
                  ) : item.type === 'notice' ? (
                    <Notice key={item.row.key} joined={item.row.joined} left={item.row.left} />
                  ) : (
                    <li key="new" className="row new-line" role="presentation">
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
