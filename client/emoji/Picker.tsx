import { memo, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { createPortal } from 'react-dom'
import { later } from '../ui/later.tsx'
import { adopt } from '../ui/adopt.ts'
import { more } from '../ui/moreWords.ts'
import { useFloating } from '../ui/useFloating.ts'
import { recent, remember, setTone, tone as keptTone } from './chosen.ts'
import type { Emoji, Group } from './data.ts'
import { findOwn, nameOfToken, tokenOf, useOwnEmoji, type Own } from './own.ts'
import { Sign } from './Sign.tsx'
import { step } from './step.ts'
import css from './Picker.css?inline'

adopt(css)

const COLUMNS = 8

type Data = typeof import('./data.ts')

type Props = {
  /** What it belongs to. */
  place: DOMRect
  onPick: (emoji: string) => void
  onClose: () => void
}

/** All emoji, to choose one: by eye, by word, or by key. It closes when one is chosen, and the focus goes back. */
export const Picker = later(async () => {
  const data = await import('./data.ts')
  return (props: Props) => <Open {...props} data={data} />
})

function Open({ place, onPick, onClose, data }: Props & { data: Data }) {
  const { groups, search, TONES, withTone } = data
  const box = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const [tone, chooseTone] = useState(keptTone)
  const own = useOwnEmoji()
  const [chosen] = useState(recent)
  useFloating(box, place, onClose)
  useLayoutEffect(() => box.current?.querySelector('input')?.focus(), [])
  const named = useMemo(() => (own.list.length > 0 ? [ownGroup(own.list), ...groups] : groups), [own])
  const shown = useMemo(() => {
    if (!query.trim()) return [recentGroup(data, chosen, own), ...named]
    const found = [...ownGroup(findOwn(own.list, query)).emoji, ...search(query)]
    return found.length > 0 ? [{ name: more.emojiFound(found.length), emoji: found }] : []
  }, [query, chosen, own])

  function pick(emoji: string): void {
    remember(emoji)
    onClose()
    onPick(emoji)
  }

  function press(event: KeyboardEvent<HTMLDivElement>): void {
    // What is below it hears nothing of the keys that are meant for it.
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    const { key, currentTarget, target } = event
    if (key === 'Escape') {
      event.preventDefault()
      return onClose()
    }
    const field = currentTarget.querySelector('input')
    if (target === field && key === 'Enter') {
      event.preventDefault()
      return currentTarget.querySelector<HTMLElement>('[role=gridcell]')?.click()
    }
    const next = step(currentTarget, target as Element, event)
    if (next) {
      event.preventDefault()
      return next.focus()
    }
    const isLetter = key.length === 1 && key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey
    if (isLetter && (target as Element).matches('[role=gridcell]')) field?.focus()
  }

  return createPortal(
    <div
      className="emoji-picker"
      popover="manual"
      role="dialog"
      aria-label={more.emojiPicker}
      ref={box}
      onKeyDown={press}
      onClick={({ target }) => {
        const { emoji } = (target as HTMLElement).dataset
        if (emoji) pick(emoji)
      }}
    >
      <header>
        <input
          type="search"
          aria-label={more.findEmoji}
          placeholder={more.findEmoji}
          value={query}
          onChange={({ target }) => setQuery(target.value)}
        />
        <select
          aria-label={more.skinTone}
          value={tone}
          onChange={({ target }) => {
            setTone(target.value)
            chooseTone(target.value)
          }}
        >
          {TONES.map((one, i) => (
            <option key={one} value={one} aria-label={more.skinTones[i]}>
              {withTone('✋', one)}
            </option>
          ))}
        </select>
      </header>
      <nav aria-label={more.emojiGroups}>
        {named.map(({ name, emoji: [first] }) => (
          <button
            key={name}
            type="button"
            aria-label={name}
            title={name}
            onClick={() => {
              setQuery('')
              box.current?.querySelector(`[data-group="${name}"]`)?.scrollIntoView()
            }}
          >
            {first && <Sign emoji={first.emoji} />}
          </button>
        ))}
      </nav>
      <Grid groups={shown} tone={tone} withTone={withTone} />
      {shown.length === 0 && <p className="nothing">{more.noEmoji(query.trim())}</p>}
    </div>,
    // What it belongs to knows nothing of what is pressed and pointed at here.
    document.body,
  )
}

type GridProps = { groups: readonly Group[]; tone: string; withTone: Data['withTone'] }

/** Drawn again only for others: they are nearly two thousand. */
const Grid = memo(function Grid({ groups, tone, withTone }: GridProps) {
  return (
    <div className="grid" role="grid" aria-label={more.emojiPicker}>
      {groups.map(({ name, emoji }) => (
        <div
          key={name}
          role="rowgroup"
          aria-label={name}
          data-group={name}
          style={{ '--rows': Math.ceil(emoji.length / COLUMNS) } as object}
        >
          <p className="name" aria-hidden="true">
            {name}
          </p>
          {rowsOf(emoji).map((row) => (
            <div key={row[0]?.emoji} role="row">
              {row.map((one) => (
                <button
                  key={one.emoji}
                  type="button"
                  role="gridcell"
                  tabIndex={-1}
                  data-emoji={withTone(one.emoji, tone)}
                  aria-label={one.name}
                  title={one.name}
                >
                  <Sign emoji={withTone(one.emoji, tone)} />
                </button>
              ))}
            </div>
          ))}
        </div>
      ))}
    </div>
  )
})

const rowsOf = (emoji: readonly Emoji[]): Emoji[][] =>
  Array.from({ length: Math.ceil(emoji.length / COLUMNS) }, (_, i) => emoji.slice(i * COLUMNS, (i + 1) * COLUMNS))

/** Those of the place's own, as all others are shown. */
const ownGroup = (list: Own['list']): Group => ({
  name: more.ownEmojiHere,
  emoji: list.map(tokenOf).map((token) => ({ emoji: token, name: token, keywords: '', age: 0 })),
})

/** As they were chosen, in the tone that they were chosen in; of the place's own those that there still are. */
function recentGroup({ emojiOf }: Data, chosen: readonly string[], { byName }: Own): Group {
  const emoji = chosen
    .filter((sign) => !sign.startsWith(':') || byName.has(nameOfToken(sign)))
    .map((sign) => ({ name: sign, keywords: '', age: 0, ...emojiOf(sign), emoji: sign }))
  return { name: more.emojiRecent, emoji }
}
