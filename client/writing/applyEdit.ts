import { trusted } from '../ui/trustedTypes.ts'
import type { Edit } from './edits.ts'

/** A browser types each line by itself, and of a thousand nobody waits for the last: those come as one piece. */
const MOST_LINES = 200

// What may mean something in HTML means itself. The first line break of such an element is none of the text's.
const policy = trusted('natter-typed', {
  createHTML: (text: string) => `<pre>\n${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`,
})

/** Changes the box as if it had been typed, so that it can be taken back as everything that is typed. */
export function applyEdit(box: HTMLTextAreaElement, { from, to, text, select }: Edit): void {
  box.focus()
  box.setSelectionRange(from, to)
  // Called deprecated, and in every browser still the only way that leaves undo as it was.
  if (from < to || text) {
    const whole = box.value.slice(0, from) + text + box.value.slice(to)
    const isLong = text.split('\n', MOST_LINES + 1).length > MOST_LINES
    const how = isLong ? 'insertHTML' : text ? 'insertText' : 'delete'
    // oxlint-disable-next-line typescript/no-deprecated -- See above.
    const typed = document.execCommand?.(how, false, isLong ? policy.createHTML(text) : text)
    // Not every browser does, or as it is asked to.
    if (!typed || (isLong && box.value !== whole)) {
      box.setRangeText(whole, 0, box.value.length, 'end')
      box.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }
  }
  box.setSelectionRange(...select)
}
