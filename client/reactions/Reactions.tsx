import { useRef, useState } from 'react'
import type { Reaction } from '../../protocol/messages.ts'
import { Picker } from '../emoji/Picker.tsx'
import { useEmojiNames } from '../emoji/useEmojiNames.ts'
import { adopt } from '../ui/adopt.ts'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { Chip } from './Chip.tsx'
import { useInside } from './useInside.ts'
import { useReactions } from './useReactions.ts'
import css from './Reactions.css?inline'

adopt(css)

type Props = { roomId: string; seq: number; reactions: readonly Reaction[] | undefined }

/** Under a message: who has reacted to it, and with what. */
export function Reactions(props: Props) {
  const { shown, refused, set } = useReactions(props)
  if (shown.length === 0) return <Problem>{refused}</Problem>
  return (
    <>
      <Chips shown={shown} set={set} />
      <Problem>{refused}</Problem>
    </>
  )
}

function Chips({ shown, set }: Pick<ReturnType<typeof useReactions>, 'shown' | 'set'>) {
  const list = useRef<HTMLDivElement>(null)
  const inside = useInside(list)
  const nameOf = useEmojiNames()
  const [place, setPlace] = useState<DOMRect | null>(null)
  const tabIndex = inside ? 0 : -1
  return (
    <div className="reactions" role="group" aria-label={more.reactions} ref={list} data-apart>
      {shown.map(({ emoji, by, mine }) => (
        <Chip
          key={emoji}
          emoji={emoji}
          name={nameOf(emoji)}
          by={by}
          mine={mine}
          tabIndex={tabIndex}
          onToggle={() => set(emoji, !mine)}
        />
      ))}
      <button
        type="button"
        className="add"
        tabIndex={tabIndex}
        aria-label={more.addReaction}
        title={more.addReaction}
        aria-haspopup="dialog"
        aria-expanded={place !== null}
        onClick={({ currentTarget }) => setPlace(currentTarget.getBoundingClientRect())}
      >
        +
      </button>
      {place && <Picker place={place} onPick={(emoji) => set(emoji, true)} onClose={() => setPlace(null)} />}
    </div>
  )
}
