import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { adopt } from './adopt.ts'
import { useFloating } from './useFloating.ts'
import css from './Menu.css?inline'

adopt(css)

export type MenuEntry = { name: string; hotkey: string; danger?: boolean | undefined; act: () => void }

type Props = {
  label: string
  entries: readonly MenuEntry[]
  /** What it belongs to, or the point where it was asked for. */
  place: DOMRect
  onClose: () => void
  /** One row of a group of more items, before the others. */
  children?: ReactNode
}

/** What can be done with one thing. On a phone it lies at the lower edge. */
export function Menu({ label, entries, place, onClose, children }: Props) {
  const menu = useRef<HTMLDivElement>(null)
  useFloating(menu, place, onClose)
  useLayoutEffect(() => {
    if (menu.current) itemsOf(menu.current)[0]?.focus()
  }, [])

  function choose({ act }: MenuEntry): void {
    onClose()
    act()
  }

  function press(event: KeyboardEvent<HTMLDivElement>): void {
    // What is below it hears nothing of the keys that are meant for it.
    event.stopPropagation()
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault()
      return onClose()
    }
    const items = itemsOf(event.currentTarget)
    const at = items.indexOf(document.activeElement as HTMLElement)
    const beside = event.currentTarget.querySelectorAll('[role=group] [role=menuitem]').length
    const isBeside = at >= 0 && at < beside
    const next = {
      ArrowDown: Math.max(at + 1, beside),
      ArrowUp: isBeside ? -1 : at - 1,
      ArrowLeft: isBeside ? Math.max(at - 1, 0) : undefined,
      ArrowRight: isBeside ? Math.min(at + 1, beside - 1) : undefined,
      Home: 0,
      End: -1,
    }[event.key]
    if (next !== undefined) {
      event.preventDefault()
      return items.at(next % items.length)?.focus()
    }
    const entry = entries.find(({ hotkey }) => isPressed(event, hotkey))
    if (!entry) return
    event.preventDefault()
    choose(entry)
  }

  return (
    <div className="menu" popover="manual" role="menu" tabIndex={-1} aria-label={label} ref={menu} onKeyDown={press}>
      {children}
      {entries.map((entry) => (
        <button
          key={entry.name}
          type="button"
          role="menuitem"
          tabIndex={-1}
          data-danger={entry.danger || undefined}
          onClick={() => choose(entry)}
        >
          {entry.name} <kbd aria-hidden="true">{entry.hotkey.length > 1 ? 'Del' : entry.hotkey.toUpperCase()}</kbd>
        </button>
      ))}
    </div>
  )
}

const itemsOf = (box: Element) => [...box.querySelectorAll<HTMLElement>('[role=menuitem]')]

type Pressed = Pick<globalThis.KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** Together with another key it is somebody else's: Ctrl C copies what is selected. */
export const isPressed = ({ key, ctrlKey, metaKey, altKey }: Pressed, hotkey: string): boolean =>
  !ctrlKey && !metaKey && !altKey && key.toLowerCase() === hotkey.toLowerCase()
