import type { KeyboardEvent } from 'react'
import { applyEdit } from './applyEdit.ts'
import { breakLine, code, isInBlock, link, SIGNS, wrap, type Edit, type Selected } from './edits.ts'

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

/** By the keys that most programs have for them. With Shift there is one more. */
const byKey: Record<string, (selected: Selected) => Edit> = {
  b: (selected) => wrap(selected, SIGNS.bold),
  i: (selected) => wrap(selected, SIGNS.italic),
  e: code,
  k: link,
}

export const selectedIn = ({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): Selected => ({
  text: value,
  from: selectionStart,
  to: selectionEnd,
})

/**
 * Takes a key that sets the text, or one that begins a line in a list, a quote or code; false for every other. `sends`: whether
 * Enter alone sends here; in a block of code it never does.
 */
export function pressed(event: KeyboardEvent, box: HTMLTextAreaElement, sends: boolean): boolean {
  const edit = editFor(event, selectedIn(box), sends)
  if (!edit) return edit === undefined
  event.preventDefault()
  // Nobody else has a meaning for it then.
  event.stopPropagation()
  applyEdit(box, edit)
  return true
}

/** What the key does; null if it is not for here, undefined if the box itself is to do what it always does. */
function editFor(event: KeyboardEvent, selected: Selected, sends: boolean): Edit | null | undefined {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event
  if (altKey) return null
  if (isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey) {
    if (shiftKey) return key.toLowerCase() === 'x' ? wrap(selected, SIGNS.strike) : null
    // Without words to lead from, these keys go to another room.
    if (key === 'k' && selected.from === selected.to) return null
    return byKey[key]?.(selected) ?? null
  }
  if (key !== 'Enter' || ctrlKey || metaKey) return null
  if (sends && !shiftKey && !isInBlock(selected.text, selected.from)) return null
  return breakLine(selected) ?? (sends ? undefined : null)
}
