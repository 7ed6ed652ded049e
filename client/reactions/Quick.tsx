import { useState } from 'react'
import { recent, remember } from '../emoji/chosen.ts'
import { nameOfToken, useOwnEmoji } from '../emoji/own.ts'
import { Sign } from '../emoji/Sign.tsx'
import { useEmojiNames } from '../emoji/useEmojiNames.ts'
import { adopt } from '../ui/adopt.ts'
import { more } from '../ui/moreWords.ts'
import css from './Quick.css?inline'

adopt(css)

/** So many have room beside one another, as wide as a finger is. */
const MOST = 6

/** In a menu: to react by one tap with what was chosen last. */
export function Quick({ onPick }: { onPick: (emoji: string) => void }) {
  const nameOf = useEmojiNames()
  const { byName } = useOwnEmoji()
  const [chosen] = useState(recent)
  const known = chosen.filter((emoji) => !emoji.startsWith(':') || byName.has(nameOfToken(emoji)))
  return (
    <div className="quick" role="group" aria-label={more.react}>
      {known.slice(0, MOST).map((emoji) => (
        <button
          key={emoji}
          type="button"
          role="menuitem"
          tabIndex={-1}
          aria-label={nameOf(emoji)}
          title={nameOf(emoji)}
          onClick={() => {
            remember(emoji)
            onPick(emoji)
          }}
        >
          <Sign emoji={emoji} />
        </button>
      ))}
    </div>
  )
}
