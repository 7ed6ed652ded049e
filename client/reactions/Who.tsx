import { adopt } from '../ui/adopt.ts'
import { more } from '../ui/moreWords.ts'
import { useNames } from './useReactions.ts'
import css from './Who.css?inline'

adopt(css)

/** Who it was, above what is pointed at. */
export function Who({ id, by }: { id: string; by: readonly string[] }) {
  const names = useNames(by)
  return (
    <span role="tooltip" className="reactors" id={id}>
      {more.reactors(names, by.length)}
    </span>
  )
}
