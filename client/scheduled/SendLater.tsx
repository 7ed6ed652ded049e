import { useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { offer } from '../ui/toasts.ts'
import { whenOf } from '../ui/whenOf.ts'
import { ChooseTime } from './ChooseTime.tsx'
import { useScheduling } from './useScheduled.ts'

type Props = {
  roomId: string
  /** What is to be sent, as it is when somebody asks. */
  text: () => string
  /** How many are to go with it. */
  files?: number
  /** The server has it. */
  onTaken: () => void
}

/** Has what is in the box sent at another time. */
export function SendLater({ roomId, text, files = 0, onTaken }: Props) {
  const { schedule, now } = useScheduling()
  const [choosing, setChoosing] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function take(at: number): Promise<void> {
    const body = text()
    const answer = await schedule(roomId, body, at)
    if (!answer.ok) return setProblem(answer.error.message)
    setChoosing(false)
    // What was written on meanwhile stays.
    if (text() === body) onTaken()
    offer({ text: more.willBeSent(whenOf(at, now())), act: more.seeScheduled, onAct: () => navigate('/scheduled') })
  }

  function begin(): void {
    // A message has its files as it is sent, and what is sent later is kept as text.
    if (files > 0) return offer({ text: more.noFilesLater, act: more.close, onAct() {} })
    setProblem(null)
    setChoosing(true)
  }

  return (
    <>
      <Button look="icon" aria-label={more.schedule} title={more.schedule} aria-haspopup="dialog" onClick={begin}>
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 4a8 8 0 1 0 0 16 8 8 0 1 0 0-16M12 8v4l3 2" />
        </svg>
      </Button>
      {choosing && (
        <ChooseTime
          title={more.sendWhen}
          act={more.sendThen}
          at={null}
          now={now}
          problem={problem}
          onChoose={(at) => void take(at)}
          onClose={() => setChoosing(false)}
        />
      )}
    </>
  )
}
