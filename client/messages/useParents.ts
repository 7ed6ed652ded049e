import { useEffect, useRef, useState } from 'react'
import { PAGE_SIZE } from '../../protocol/limits.ts'
import { useOnline } from '../socket/useOnline.ts'
import { useStore } from '../socket/useSocket.ts'
import { heldAt } from './beside.ts'
import { targetOf } from './drafts.ts'
import { useBeside } from './useBeside.ts'

/**
 * Brings what the messages of a room and what is being written in it quote, and this tab does not hold: from then on it follows
 * what becomes of it.
 */
export function useParents(roomId: string): void {
  const { bring, tidy } = useBeside(roomId)
  const online = useOnline()
  const timeline = useStore(({ rooms }) => rooms[roomId]?.timeline)
  const target = useStore(({ drafts }) => Number(drafts[targetOf(roomId)] ?? 0))
  const asking = useRef(false)
  /** What the server does not have. */
  const lost = useRef(new Set<number>())
  const [answers, setAnswers] = useState(0)

  useEffect(() => {
    if (!timeline || !online || asking.current) return
    const quoted = [...timeline.messages.flatMap(({ replyTo }) => replyTo ?? []), ...(target > 0 ? [target] : [])]
    const missing = [...new Set(quoted)]
      .filter((seq) => !heldAt(timeline, seq) && !lost.current.has(seq))
      .slice(-PAGE_SIZE)
    if (missing.length === 0) return
    asking.current = true
    void bring(missing).then((answer) => {
      asking.current = false
      if (answer?.messages.length === 0) for (const seq of missing) lost.current.add(seq)
      // What could not be had now is asked for again with the next thing that happens in the room, and the rest at once.
      if (answer) setAnswers((n) => n + 1)
    })
  }, [timeline, target, online, answers, roomId])

  useEffect(
    () => () => {
      lost.current.clear()
      tidy()
    },
    [roomId],
  )
}
