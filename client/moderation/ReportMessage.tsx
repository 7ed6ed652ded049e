import { useState, type FormEvent } from 'react'
import { REASON_LENGTH } from '../../protocol/limits.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { DialogEnd } from '../ui/DialogEnd.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { useModerationActions } from './useModeration.ts'
import './Moderation.css'

type Props = { roomId: string; seq: number; body: string; onClose: () => void }

/** Says what is wrong, to those who look after the place and to nobody else. */
export function ReportMessage({ roomId, seq, body, onClose }: Props) {
  const { report } = useModerationActions()
  const [reason, setReason] = useState('')
  const [state, setState] = useState<'asked' | 'done' | { problem: string }>('asked')

  async function submit(event: FormEvent) {
    event.preventDefault()
    const answer = await report(roomId, seq, reason)
    setState(answer.ok ? 'done' : { problem: answer.error.message })
  }

  return (
    <Dialog title={more.reportMessage} onClose={onClose}>
      <form className="moderation" onSubmit={submit}>
        <blockquote dir="auto">{body}</blockquote>
        {state === 'done' ? (
          <p role="status">{more.reported}</p>
        ) : (
          <>
            <p>{more.reportMeans}</p>
            <label htmlFor="reason">{more.reason}</label>
            <textarea
              id="reason"
              value={reason}
              maxLength={REASON_LENGTH}
              autoFocus
              dir="auto"
              onChange={({ target }) => setReason(target.value)}
            />
          </>
        )}
        <Problem>{typeof state === 'object' ? state.problem : null}</Problem>
        <DialogEnd>
          <Button onClick={onClose}>{state === 'done' ? more.close : more.cancel}</Button>
          {state !== 'done' && (
            <Button look="ink" type="submit">
              {more.reportIt}
            </Button>
          )}
        </DialogEnd>
      </form>
    </Dialog>
  )
}
