import type { Person } from '../../protocol/people.ts'
import { words } from '../ui/words.ts'
import './Notice.css'

/** Who came and went, folded into one sentence; all names when opened. */
export function Notice({ joined, left }: { joined: readonly Person[]; left: readonly Person[] }) {
  const parts = [...(joined.length > 0 ? [words.joined(joined)] : []), ...(left.length > 0 ? [words.left(left)] : [])]
  const all = [...joined, ...left]
  return (
    <li className="notice row">
      {all.length > 3 ? (
        <details>
          <summary>{parts.join(', ')}</summary>
          {all.map(({ name }) => name).join(', ')}
        </details>
      ) : (
        <span>{parts.join(', ')}</span>
      )}
    </li>
  )
}
