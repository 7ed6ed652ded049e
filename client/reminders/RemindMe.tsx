import { useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { ChooseTime } from '../scheduled/ChooseTime.tsx'
import { more } from '../ui/moreWords.ts'
import { offer } from '../ui/toasts.ts'
import { whenOf } from '../ui/whenOf.ts'
import { useRemind } from './useReminders.ts'

/** When somebody wants to be reminded of a message. */
export function RemindMe({ roomId, seq, onClose }: { roomId: string; seq: number; onClose: () => void }) {
  const { remind, now } = useRemind(roomId, seq)
  const [problem, setProblem] = useState<string | null>(null)

  async function take(at: number): Promise<void> {
    const reason = await remind(at)
    if (reason !== null) return setProblem(reason)
    onClose()
    offer({ text: more.willRemind(whenOf(at, now())), act: more.seeReminders, onAct: () => navigate('/saved') })
  }

  return (
    <ChooseTime
      title={more.remindWhen}
      act={more.remindThen}
      at={null}
      now={now}
      problem={problem}
      onChoose={(at) => void take(at)}
      onClose={onClose}
    />
  )
}
