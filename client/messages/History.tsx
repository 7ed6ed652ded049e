import { MessageText } from '../mentions/MessageText.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { DialogEnd } from '../ui/DialogEnd.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { exactTimeOf } from '../ui/time.ts'
import { words } from '../ui/words.ts'
import type { StoredRow } from './tools.ts'
import { useHistory } from './useHistory.ts'
import './History.css'

/** What a message said before it was edited, and when; for everybody in the room. */
export function History({ roomId, row, onClose }: { roomId: string; row: StoredRow; onClose: () => void }) {
  const { versions, problem, tryAgain, more: showMore } = useHistory(roomId, row.seq, row.body)
  return (
    <Dialog title={more.historyOf(row.own ? null : row.author.name)} onClose={onClose}>
      <ol className="versions" aria-label={more.history} aria-busy={versions === null}>
        {versions?.map(({ rev, body, writtenAt }, i) => (
          <li key={rev}>
            <h3>
              <time dateTime={new Date(writtenAt).toISOString()}>{exactTimeOf(writtenAt)}</time>
              {i === 0 && ` · ${more.asItIs}`}
            </h3>
            <p dir="auto">
              <MessageText body={body} mentions={null} toYou={false} />
            </p>
          </li>
        ))}
      </ol>
      <Problem>{problem}</Problem>
      <DialogEnd>
        {problem !== null && (
          <Button look="line" onClick={tryAgain}>
            {words.tryAgain}
          </Button>
        )}
        {showMore && (
          <Button look="line" onClick={showMore}>
            {more.more}
          </Button>
        )}
        <Button look="ink" autoFocus onClick={onClose}>
          {more.close}
        </Button>
      </DialogEnd>
    </Dialog>
  )
}
