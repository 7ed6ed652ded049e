import { useLayoutEffect, useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react'
import type { MessageRow, Row } from './rows.ts'

/**
 * The list is one tab stop: the message focused last, or the newest. Arrows, Home and End move inside it. The message that
 * has the focus stays in the document when the list lets go of what is around it, or the focus would be lost with it.
 */
export function useRoving(content: RefObject<HTMLElement | null>, rows: readonly Row[]) {
  'use memo'
  const [last, setLast] = useState<string | null>(null)
  const [held, setHeld] = useState<MessageRow | null>(null)
  const messages = rows.filter((row) => row.type === 'message')
  // One that was not sent and is discarded has no position, and does not come back.
  const current = messages.some(({ key }) => key === last) || held?.seq ? last : (messages.at(-1)?.key ?? null)

  // A message that is deleted stands there as another element, with the focus that the one before had.
  useLayoutEffect(() => {
    if (!held || document.activeElement !== document.body) return
    content.current?.querySelector<HTMLElement>('[data-key][tabindex="0"]')?.focus({ preventScroll: true })
  }, [content, held, rows])

  return {
    current,
    rows: held ? withRow(rows, held) : rows,
    onFocus({ target }: FocusEvent) {
      const key = target.closest<HTMLElement>('[data-key]')?.dataset['key']
      if (key === undefined) return
      setLast(key)
      setHeld(messages.find((row) => row.key === key) ?? null)
    },
    onBlur({ currentTarget, relatedTarget, target }: FocusEvent) {
      if (target.isConnected && !currentTarget.contains(relatedTarget)) setHeld(null)
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

/** Above or below the rows that are there, by its position. */
function withRow(rows: readonly Row[], held: MessageRow): readonly Row[] {
  const messages = rows.filter((row) => row.type === 'message')
  if (held.seq === null || messages.some(({ key }) => key === held.key)) return rows
  return held.seq < (messages[0]?.seq ?? 0) ? [held, ...rows] : [...rows, held]
}
