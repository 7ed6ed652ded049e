import { PAGE_TEXT } from '../../../protocol/limits.ts'
import type { Message } from '../../../protocol/messages.ts'
import type { Row } from './database.ts'

/** Of what a message tells beside what all do. */
export const bodyLength = ({ body, ...more }: Told): number =>
  [more.reactions, more.poll, more.files, more.preview].reduce(
    (sum, part) => sum + (part ? JSON.stringify(part).length : 0),
    body.length,
  )

type Told = Pick<Message, 'body' | 'reactions' | 'poll' | 'files' | 'preview'>

/** To be asked of portion after portion: whether there is by now one that a page has no room for. */
export function pageIsFull(): (rows: Row[]) => boolean {
  let length = 0
  return (rows) => {
    for (const { body, reactions, poll, files, preview } of rows)
      length += `${String(body)}${String(reactions)}${String(poll)}${String(files)}${String(preview)}`.length
    return length > PAGE_TEXT
  }
}

/** As many of them, from the first on, as a page may have text. */
export function fitting<T>(items: T[], lengthOf: (item: T) => number): T[] {
  let length = 0
  const end = items.findIndex((item) => (length += lengthOf(item)) > PAGE_TEXT)
  return end < 0 ? items : items.slice(0, Math.max(1, end))
}
