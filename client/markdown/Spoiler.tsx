import { useState, type ReactNode } from 'react'
import { more } from '../ui/moreWords.ts'

/** Hidden from eyes, from those who listen, and from what is copied, until somebody wants to know. */
export function Spoiler({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(false)
  return shown ? (
    <span className="spoiler" data-shown tabIndex={-1} ref={(element) => element?.focus({ preventScroll: true })}>
      {children}
    </span>
  ) : (
    <button
      type="button"
      className="spoiler"
      aria-label={more.spoiler}
      title={more.spoiler}
      onClick={() => setShown(true)}
    >
      <span aria-hidden="true">{children}</span>
    </button>
  )
}
