import { words } from '../ui/words.ts'
import type { MessageRow } from './rows.ts'
import './Deleted.css'

/** Where deleted messages were, one after the other: whose, and nothing of what they said. */
export function Deleted({ rows, tabIndex }: { rows: readonly MessageRow[]; tabIndex: number }) {
  const last = rows.at(-1)
  const authors = [...new Map(rows.map(({ author, own }) => [author.id, own ? words.you : author.name])).values()]
  return (
    <li className="deleted row" data-seq={last?.seq ?? undefined} data-key={last?.key} tabIndex={tabIndex}>
      <span>{words.deleted(authors, rows.length)}</span>
    </li>
  )
}
