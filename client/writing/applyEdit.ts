import type { Edit } from './edits.ts'

/** A browser types each line by itself, and of a thousand nobody waits for the last: those are put there at once. */
const MOST_LINES = 200

/** Changes the box as if it had been typed, so that it can be taken back as everything that is typed. */
export function applyEdit(box: HTMLTextAreaElement, { from, to, text, select }: Edit): void {
  box.focus()
  box.setSelectionRange(from, to)
  // Called deprecated, and in every browser still the only way that leaves undo as it was.
  if (from < to || text) {
    const isTyped = text.split('\n', MOST_LINES + 1).length <= MOST_LINES
    // oxlint-disable-next-line typescript/no-deprecated -- See above.
    const typed = isTyped && document.execCommand?.(text ? 'insertText' : 'delete', false, text)
    if (!typed) {
      box.setRangeText(text, from, to, 'end')
      box.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }
  }
  box.setSelectionRange(...select)
}
