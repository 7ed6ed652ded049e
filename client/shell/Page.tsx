import { useEffect, type KeyboardEventHandler, type ReactNode } from 'react'
import { Link } from 'wouter'
import { Icon } from '../ui/Icon.tsx'
import { Mark } from '../ui/Mark.tsx'
import { words } from '../ui/words.ts'
import { useTitle } from './useTitle.ts'
import './Page.css'

type Props = {
  title: string
  /** What else there is to say of it in few words. */
  topic?: string | undefined
  /** The class of what is on it. */
  name: string
  busy?: boolean
  onKeyDown?: KeyboardEventHandler
  children: ReactNode
}

/** Where the focus goes when what had it is gone from the page. */
export const focusTitle = () => document.getElementById('page-title')?.focus()

/** A page beside the list of rooms, with an address of its own and its title where a room has its name. */
export function Page({ title, topic, name, busy, onKeyDown, children }: Props) {
  useTitle(title)
  useEffect(() => focusTitle(), [])
  return (
    <div className="conversation">
      <main className={`page ${name}`} aria-labelledby="page-title" aria-busy={busy} onKeyDown={onKeyDown}>
        <header>
          <Link href="/" className="back" aria-label={words.backToRooms}>
            <Icon name="back" />
          </Link>
          <div className="row">
            <div className="title">
              <h1 id="page-title" tabIndex={-1}>
                {title}
              </h1>
              {topic && <span className="topic">{topic}</span>}
            </div>
          </div>
        </header>
        <div className="scroll">{children}</div>
      </main>
    </div>
  )
}

/** There is nothing on this page, which is as it should be. */
export const Nothing = ({ title, hint }: { title: string; hint: string }) => (
  <div className="row nothing">
    <Mark />
    <div>
      <h2>{title}</h2>
      <p>{hint}</p>
    </div>
  </div>
)
