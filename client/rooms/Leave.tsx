import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Room } from '../../protocol/rooms.ts'
import { AskFirst } from '../ui/AskFirst.tsx'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { useRoomActions } from './useRoomActions.ts'

type Props = { room: Room; onProblem: (problem: string | null) => void }

/** Out of a room: at once where one comes back by oneself, or by being written to; asked first where one does not. */
export function Leave({ room, onProblem }: Props) {
  const { leave, members } = useRoomActions()
  const [, navigate] = useLocation()
  const [asked, setAsked] = useState<{ isLast: boolean } | null>(null)
  const { id, kind, name } = room

  async function go() {
    const answer = await leave(id)
    if (answer.ok) navigate('/')
    return answer
  }

  async function begin() {
    const answer = await (kind === 'private' ? members(id) : go())
    onProblem(answer.ok ? null : answer.error.message)
    if (answer.ok && 'total' in answer.data) setAsked({ isLast: answer.data.total === 1 })
  }

  return (
    <>
      <Button look="danger" onClick={() => void begin()}>
        {kind === 'direct' ? more.leaveConversation : more.leave}
      </Button>
      {asked && (
        <AskFirst
          title={more.leaveName(name)}
          means={more.leaveMeans(asked.isLast)}
          keep={more.stayIn(name)}
          act={more.leaveIt(name)}
          danger
          onAct={go}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
