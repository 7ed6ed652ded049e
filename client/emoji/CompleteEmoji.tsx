import { useEffect, useImperativeHandle, useRef, useState, type Ref, type RefObject } from 'react'
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
  const { list: ofPlace } = useOwnEmoji()
  const own = findOwn(ofPlace, query ?? '')
    .slice(0, MOST_OWN)
    .map(tokenOf)
  const found = query === null || !data ? [] : data.search(query, MOST - own.length)
  const all = [
    ...own.map((token) => ({ id: token, name: token, isIt: token === `:${query}:` })),
    ...found.map((one) => ({
      id: data?.withTone(one.emoji, tone()) ?? one.emoji,
      name: one.name,
      isIt: data?.isCalled(one, query ?? '') ?? false,
    })),
  ]
  const list = useRef<Keys>(null)
  useImperativeHandle(ref, () => ({
    press(event) {
      // A second ":" says that the word is whole.
      const meant = event.key === ':' && all.find(({ isIt }) => isIt)
      if (!meant) return list.current?.press(event) ?? false
      event.preventDefault()
      take(meant.id)
      return true
    },
  }))
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
      ref={list}
      onTake={({ id }) => take(id)}
      onClose={dismiss}
    />
  )
}
