import { useEffect, useRef } from 'react'
import { more } from '../ui/moreWords.ts'
import './ReadOnly.css'

/** Stands where the box would, and says why there is none. */
export function ReadOnly({ archived }: { archived: boolean }) {
  const place = useRef<HTMLDivElement>(null)
  // Whoever was writing when it came goes on from here, and not from the top of the page.
  useEffect(() => {
    if (document.activeElement === document.body) place.current?.focus()
  }, [])
  return (
    <div className="composer read-only row" id="composer" tabIndex={-1} ref={place}>
      <p>{archived ? more.archivedHere : more.moderatorsWrite}</p>
    </div>
  )
}
