import type { ReactNode } from 'react'
import { Mark } from '../ui/Mark.tsx'
import { more } from '../ui/moreWords.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import './Welcome.css'

/** The bottom of a conversation that is not told yet. */
export const Arrival = ({ lit, title, children }: { lit: boolean; title: string; children: ReactNode }) => (
  <main className="welcome">
    <div className="hush">
      <Skeleton />
    </div>
    <div className="arrive">
      <div className="row">
        <span className="margin">
          <Mark lit={lit} />
        </span>
        <h1>{title}</h1>
      </div>
      {children}
    </div>
  </main>
)

/** Past a link that does not work. */
export const GoOn = () => (
  <p className="fine">
    <a className="quiet-link" href="/">
      {more.withoutLink}
    </a>
  </p>
)
