import type { ReactNode } from 'react'
import { MessageText } from '../mentions/MessageText.tsx'
import { later } from '../ui/later.tsx'
import type { MessageRow } from './rows.ts'

export const Markdown = later(async () => (await import('../markdown/Markdown.tsx')).Markdown)

/** Whatever may be more than a text with names in it. Most messages are not. */
const MARKS = /[*_~`|[\\>#]|:\/|:[\w+-]+:|www\.|\w@\w|^[ \t]*[-+\d]/m

/** What a message says: as it was typed until what sets it has come. `end` stands behind its last word. */
export function Body({ row, end }: { row: MessageRow; end: ReactNode }) {
  const plain = (
    <>
      <MessageText body={row.body} mentions={row.mentions} toYou={row.toYou} />
      {end}
    </>
  )
  return MARKS.test(row.body) ? <Markdown of={row} toYou={row.toYou} end={end} instead={plain} /> : plain
}
