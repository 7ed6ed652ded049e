import { useId } from 'react'
import { Sign } from '../emoji/Sign.tsx'
import { more } from '../ui/moreWords.ts'
import { usePointed } from './usePointed.ts'
import { Who } from './Who.tsx'

type Props = {
  emoji: string
  /** In words. */
  name: string
  by: readonly string[]
  mine: boolean
  tabIndex: number
  onToggle: () => void
}

/** One emoji and how many reacted with it; who they are is seen by pointing at it, by focus, and by a long press. */
export function Chip({ emoji, name, by, mine, tabIndex, onToggle }: Props) {
  const id = useId()
  const { shown, wasLong, on } = usePointed()
  return (
    <span className="reaction">
      <button
        type="button"
        aria-pressed={mine}
        aria-label={more.reactedWith(name, by.length, mine)}
        aria-describedby={shown ? id : undefined}
        tabIndex={tabIndex}
        onClick={() => {
          if (!wasLong()) onToggle()
        }}
        {...on}
      >
        <span aria-hidden="true">
          <Sign emoji={emoji} />
        </span>
        {by.length}
      </button>
      {shown && <Who id={id} by={by} />}
    </span>
  )
}
