import { useState, type ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import type { MessageRow } from '../messages/rows.ts'

/** A message of somebody whom one has blocked: one line, until one asks for it. */
export function Blocked({ row, tabIndex, children }: { row: MessageRow; tabIndex: number; children: ReactNode }) {
  const [shown, setShown] = useState(false)
  if (shown) return children
  return (
    <li className="deleted row" data-seq={row.seq ?? undefined} data-key={row.key} tabIndex={tabIndex}>
      <span>
        {more.fromBlocked} · <Button onClick={() => setShown(true)}>{more.show}</Button>
      </span>
    </li>
  )
}
