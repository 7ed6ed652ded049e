import { words } from '../ui/words.ts'
import type { MessageRow } from './rows.ts'
import './Deleted.css'

/** Where deleted messages were, one after the other: whose, and nothing of what they said. */
export function Deleted({ rows, tabIndex }: { rows: readonly MessageRow[]; tabIndex: number }) {
  const [first, last] = [rows[0], rows.at(-1)]
  const authors = [
    ...new Set(rows.map(({ author, own, moderated }) => (moderated ? words.moderator : own ? words.you : author.name))),
  ]
  return (
    <li className="deleted row" data-seq={last?.seq ?? undefined} data-key={first?.key} tabIndex={tabIndex}>
      <span>{words.deleted(authors, rows.length)}</span>
    </li>
  )
}
