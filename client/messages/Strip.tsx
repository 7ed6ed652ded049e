import type { ReactNode } from 'react'
import type { Person } from '../../protocol/people.ts'
import type { ConnectionView } from '../socket/useConnection.ts'
import { Icon } from '../ui/Icon.tsx'
import { words } from '../ui/words.ts'
import './Strip.css'

/** The line above the box. Always there, so nothing moves when it has something to say: connection first, then typing, then a hint. */
export function Strip({
  connection,
  typing,
  hint,
}: {
  connection: ConnectionView
  typing: readonly Person[]
  hint: ReactNode
}) {
  const { phase, waiting, back, newer, retry } = connection
  const link =
    phase === 'reconnecting'
      ? words.reconnecting
      : phase === 'offline'
        ? words.offline(waiting)
        : back !== null
          ? words.back(back)
          : ''
  const busy = link !== '' || typing.length > 0 || undefined
  return (
    <div className="strip row">
      <span className="lead" aria-hidden="true">
        {phase === 'offline' ? <Icon name="cloud" /> : !link && typing.length > 0 && <Dots />}
      </span>
      <span className="say">
        <span role="status">{link}</span>
        {phase === 'offline' && (
          <button type="button" onClick={retry}>
            {words.tryNow}
          </button>
        )}
        {!link && typing.length > 0 && <span className="typing">{words.typing(typing)}</span>}
        {hint && (
          <span className="newer" data-waits={busy}>
            {hint}
          </span>
        )}
        {newer && (
          // It has its turn when nothing else is said, and stays where the focus is in it.
          <span className="newer" data-waits={busy}>
            {words.newer}
            <button type="button" onClick={() => location.reload()}>
              {words.reload}
            </button>
          </span>
        )}
      </span>
    </div>
  )
}

const Dots = () => (
  <span className="dots">
    <i />
    <i />
    <i />
  </span>
)
