import { timeOf } from '../ui/time.ts'
import { textOf } from './copy.ts'
import type { MessageRow, Row } from './rows.ts'

/** Several messages are copied as a conversation is quoted, who and when above what, without buttons and states. */
export function copyMessages(event: ClipboardEvent, list: Element, rows: readonly Row[]): void {
  const selection = getSelection()
  if (!selection || selection.rangeCount === 0) return
  const range = selection.getRangeAt(0)
  const byKey = new Map(rows.flatMap((row) => (row.type === 'message' ? [[row.key, row] as const] : [])))
  const selected = [...list.querySelectorAll<HTMLElement>('[data-key]')].flatMap((element) => {
    const row = byKey.get(element.dataset['key'] ?? '')
    const body = element.querySelector('.body > .text')
    return row && body && range.intersectsNode(body) ? [{ row, text: partOf(range, body) }] : []
  })
  if (selected.length < 2) return
  event.preventDefault()
  event.clipboardData?.setData('text/plain', quote(selected))
}

/** A name and a time above the first message of each run of one author. */
function quote(messages: readonly { row: MessageRow; text: string }[]): string {
  return messages
    .map(({ row, text }, i) => {
      const before = messages[i - 1]?.row
      if (before?.author.id === row.author.id) return text
      return `${i > 0 ? '\n' : ''}${row.author.name}, ${timeOf(row.sentAt)}\n${text}`
    })
    .join('\n')
}

/** So much of a message as is selected. */
function partOf(range: Range, body: Element): string {
  const part = document.createRange()
  part.selectNodeContents(body)
  if (body.contains(range.startContainer)) part.setStart(range.startContainer, range.startOffset)
  if (body.contains(range.endContainer)) part.setEnd(range.endContainer, range.endOffset)
  return textOf(part.cloneContents())
}
