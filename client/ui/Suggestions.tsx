import {
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type RefObject,
} from 'react'
import type { TextBox } from './useCaret.ts'
import './Suggestions.css'

/** Takes a key that is meant for the list, and says whether it was: to be asked before a key does anything else. */
export type Keys = { press: (event: KeyboardEvent) => boolean }

export type Suggestion = { id: string; name: string; note?: string; sign?: ReactNode }

type Props<S> = {
  /** What they are. */
  label: string
  /** How many there are, for those who do not see them. */
  said: string
  items: readonly S[]
  /** Another text begins at the first again. */
  query: string
  area: RefObject<TextBox | null>
  ref: Ref<Keys>
  onTake: (item: S) => void
  onClose: () => void
}

/** What a word in the box may be meant to become. The focus stays in the box, which knows the list by its id. */
export function Suggestions<S extends Suggestion>({ label, said, items, query, area, ref, onTake, onClose }: Props<S>) {
  const id = useId()
  const [chosen, setChosen] = useState({ query, index: 0 })
  const index = chosen.query === query ? Math.min(chosen.index, items.length - 1) : 0
  const isOpen = items.length > 0

  function press(event: KeyboardEvent): boolean {
    const { key, altKey, shiftKey } = event
    const item = items[index]
    const step = { ArrowDown: 1, ArrowUp: -1 }[key]
    if (!item || altKey) return false
    if (step) setChosen({ query, index: (index + step + items.length) % items.length })
    else if (!shiftKey && (key === 'Enter' || key === 'Tab')) onTake(item)
    else if (key === 'Escape') {
      event.stopPropagation()
      onClose()
    } else return false
    event.preventDefault()
    return true
  }

  useImperativeHandle(ref, () => ({ press }))

  // With the list, in one step.
  useLayoutEffect(() => {
    const box = area.current
    const attributes: Record<string, string> = {
      'aria-haspopup': 'listbox',
      'aria-autocomplete': 'list',
      ...(isOpen && { 'aria-controls': id, 'aria-activedescendant': `${id}-${index}` }),
    }
    for (const [name, value] of Object.entries(attributes)) box?.setAttribute(name, value)
    document.getElementById(`${id}-${index}`)?.scrollIntoView?.({ block: 'nearest' })
    return () => {
      for (const name of Object.keys(attributes)) box?.removeAttribute(name)
    }
  }, [isOpen, index, area, id])

  return (
    <>
      <span className="unseen" role="status">
        {isOpen && said}
      </span>
      {isOpen && (
        <div className="suggestions" role="listbox" id={id} aria-label={label}>
          {items.map((item, i) => (
            <button
              key={item.id}
              type="button"
              role="option"
              id={`${id}-${i}`}
              aria-selected={i === index}
              tabIndex={-1}
              // The box keeps the focus, and a phone its keyboard.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onTake(item)}
            >
              {item.sign}
              <bdi>{item.name}</bdi>
              <small>{item.note}</small>
            </button>
          ))}
        </div>
      )}
    </>
  )
}
