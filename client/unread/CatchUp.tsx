import { useEffect, useRef, type KeyboardEvent } from 'react'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { focusTitle, Nothing, Page } from '../shell/Page.tsx'
import { UnreadLines } from './UnreadLines.tsx'
import { useCatchUp, type UnreadRoom } from './useCatchUp.ts'
import './CatchUp.css'

const headings = () => [...document.querySelectorAll<HTMLElement>('.catch-up section h2 a')]

/** Everything unread, room by room: to be read in one go, and put aside. */
export function CatchUp() {
  const { shown, messages, rooms, wantMore, markRead, markAllRead } = useCatchUp()
  const end = useRef<HTMLDivElement>(null)
  const anything = shown.length > 0

  // The keys belong to the room that has the focus: the first one, unless somebody has gone elsewhere meanwhile.
  useEffect(() => {
    if (anything && document.activeElement?.id === 'page-title') headings()[0]?.focus({ preventScroll: true })
  }, [anything])

  useEffect(() => {
    if (!end.current) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) wantMore(shown.length)
      },
      // A screen ahead.
      { rootMargin: '100%' },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [shown.length, anything])

  function aside(room: UnreadRoom): void {
    // The next one has the focus, or the one before, or the title.
    const links = headings()
    const at = links.findIndex((link) => link.closest('section')?.contains(document.activeElement))
    const next = links[at + 1] ?? links[at - 1]
    if (next) next.focus()
    else focusTitle()
    markRead(room)
  }

  function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.toLowerCase()
    const links = headings()
    const at = links.findIndex((link) => link.closest('section')?.contains(document.activeElement))
    if (key === 'j' || key === 'k') {
      const next = links[key === 'j' ? at + 1 : Math.max(0, at - 1)]
      next?.focus()
      next?.closest('section')?.scrollIntoView({ block: 'nearest' })
    } else if (key === 'e' && shown[at]) aside(shown[at])
  }

  return (
    <Page
      title={more.catchUp}
      topic={rooms > 0 ? more.newInRooms(messages, rooms) : undefined}
      name="catch-up"
      onKeyDown={press}
    >
      {rooms === 0 ? (
        <Nothing title={more.caughtUp} hint={more.caughtUpHint} />
      ) : (
        <>
          {shown.map((room) => (
            <UnreadLines key={room.id} room={room} onRead={() => aside(room)} />
          ))}
          <div ref={end} className="row">
            {anything && (
              <Button look="line" onClick={markAllRead}>
                {more.markAllRead}
              </Button>
            )}
          </div>
        </>
      )}
    </Page>
  )
}
