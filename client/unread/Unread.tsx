import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { Link, useLocation } from 'wouter'
import { useRooms } from '../rooms/useRooms.ts'
import { more } from '../ui/moreWords.ts'
import { Toasts } from '../ui/Toasts.tsx'
import { words } from '../ui/words.ts'
import { useReading } from './useReading.ts'

/** Leads to everything unread. Shift Esc reads it all, from wherever one is, and can be taken back. */
export function Unread() {
  const { rooms, direct } = useRooms()
  const { markAllRead } = useReading()
  const [path] = useLocation()
  const loud = [...rooms, ...direct].filter(({ isMuted, forYou }) => !isMuted || forYou > 0)
  const unread = loud.reduce((sum, room) => sum + room.unread, 0)

  useEffect(() => {
    function press(event: KeyboardEvent): void {
      const { key, shiftKey, isComposing } = event
      if (key !== 'Escape' || !shiftKey || isComposing || document.querySelector('dialog[open]')) return
      event.preventDefault()
      markAllRead()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })

  return (
    <>
      <Link
        href="/catch-up"
        className="item"
        aria-current={path === '/catch-up' ? 'page' : undefined}
        data-unread={unread > 0 || undefined}
      >
        <span className="words">{more.catchUp}</span>
        {unread > 0 && (
          <span className="end">
            <span className="count" aria-hidden="true">
              {words.unread(unread)}
            </span>
            <span className="unseen">{words.unreadLabel(unread, 0)}</span>
          </span>
        )}
      </Link>
      <Link href="/saved" className="item" aria-current={path === '/saved' ? 'page' : undefined}>
        <span className="words">{more.savedMessages}</span>
      </Link>
      {/* Not in the list of rooms: on a phone that is away while one reads. */}
      {createPortal(<Toasts />, document.body)}
    </>
  )
}
