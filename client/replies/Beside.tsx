import { useEffect, useImperativeHandle, type Ref } from 'react'
import { useLocation } from 'wouter'
import type { Room } from '../../protocol/rooms.ts'
import { targetOf } from '../messages/drafts.ts'
import { Details } from '../rooms/Details.tsx'
import { useSocket } from '../socket/useSocket.ts'
import { Replies } from './Replies.tsx'
import { useOpenThread } from './useThread.ts'

type Props = {
  roomId: string
  room: Room | null
  membersRev: number
  /** Null as long as nobody wants to see what there is to know of the room. */
  begin: 'topic' | 'people' | null
  onClose: () => void
  /** Closes what stands beside the room, or else lets go of what is being answered. Returns whether there was anything. */
  ref: Ref<() => boolean>
}

/** Beside a room: what there is to know of it, or the thread that the address names. What was asked for last. */
export function Beside({ roomId, room, membersRev, begin, onClose, ref }: Props) {
  const thread = useOpenThread()
  const [path, navigate] = useLocation()
  const { store } = useSocket()

  useEffect(() => {
    if (thread !== null && begin) onClose()
  }, [thread])

  useImperativeHandle(ref, () => () => {
    const target = targetOf(roomId)
    if (begin) onClose()
    else if (thread !== null) navigate(path, { replace: true })
    else if (store.getState().drafts[target]) store.dispatch({ type: 'draft', roomId: target, text: '' })
    else return false
    return true
  })

  if (begin && room) return <Details room={room} membersRev={membersRev} begin={begin} onClose={onClose} />
  return thread === null ? null : <Replies key={thread} roomId={roomId} thread={thread} />
}
