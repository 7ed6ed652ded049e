import { useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react'
import type { Row } from './useRoom.ts'

/** The list is one tab stop: the message focused last, or the newest. Arrows, Home and End move inside it. */
export function useRoving(content: RefObject<HTMLElement | null>, rows: readonly Row[]) {
  const [focused, setFocused] = useState<string | null>(null)
  const messages = rows.filter((row) => row.type === 'message')
  const current = messages.some(({ key }) => key === focused) ? focused : (messages.at(-1)?.key ?? null)

  return {
    current,
    onFocus(event: FocusEvent) {
      const row = (event.target as HTMLElement).closest<HTMLElement>('[data-key]')
      if (row) setFocused(row.dataset['key'] ?? null)
    },
    onKeyDown(event: KeyboardEvent) {
      const all = [...(content.current?.querySelectorAll<HTMLElement>('[data-key]') ?? [])]
      const at = all.indexOf(document.activeElement as HTMLElement)
      const target = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key]
      if (at < 0 || target === undefined) return
      event.preventDefault()
      all[target]?.focus()
    },
  }
}
