import { useEffect, useState, type Ref, type RefObject } from 'react'
import { more } from '../ui/moreWords.ts'
import { Suggestions, type Keys } from '../ui/Suggestions.tsx'
import { useWord } from '../ui/useWord.ts'
import { tone } from './chosen.ts'
import { emojiAt } from './emojiAt.ts'
import { findOwn, tokenOf, useOwnEmoji } from './own.ts'
import { Sign } from './Sign.tsx'

/** As many as are looked through at a glance. */
const MOST = 8
/** Of the place's own, so that all others are still found. */
const MOST_OWN = 4

type Data = typeof import('./data.ts')
type Props = {
  draft: string
  area: RefObject<HTMLTextAreaElement | null>
  ref: Ref<Keys>
  onTake: (text: string) => void
}

/** Which emoji the word after a ":" may mean. */
export function CompleteEmoji({ draft, area, onTake, ref }: Props) {
  const { query, dismiss, take } = useWord(area, draft, emojiAt, onTake)
  const [data, setData] = useState<Data | null>(null)
  const wanted = query !== null
  useEffect(() => {
    if (!wanted) return
    // Without a network it is text.
    import('./data.ts').then(setData, () => {})
  }, [wanted])
  const { list } = useOwnEmoji()
  const own = findOwn(list, query ?? '')
    .slice(0, MOST_OWN)
    .map(tokenOf)
  const found = query === null || !data ? [] : data.search(query, MOST - own.length)
  const all = [
    ...own.map((token) => ({ id: token, name: token })),
    ...found.map(({ emoji, name }) => ({ id: data?.withTone(emoji, tone()) ?? emoji, name })),
  ]
  const items = all.map((one) => ({
    ...one,
    sign: (
      <span className="many">
        <Sign emoji={one.id} />
      </span>
    ),
  }))
  return (
    <Suggestions
      label={more.emojiPicker}
      said={more.suggestions(items.length)}
      items={items}
      query={query ?? ''}
      area={area}
      ref={ref}
      onTake={({ id }) => take(id)}
      onClose={dismiss}
    />
  )
}
