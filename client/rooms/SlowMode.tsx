import { useEffect, useState } from 'react'
import type { State } from '../socket/state.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { more } from '../ui/moreWords.ts'

/** When I last wrote in a room, as far as this tab knows: sent, or on its way. Milliseconds since the Unix epoch; 0 if never. */
function wroteAt({ rooms, outbox, me }: State, roomId: string): number {
  const { timeline, last } = rooms[roomId] ?? {}
  return Math.max(
    0,
    timeline?.messages.findLast(({ authorId }) => authorId === me?.id)?.sentAt ?? 0,
    last?.authorId === me?.id ? (last?.sentAt ?? 0) : 0,
    ...outbox.filter((entry) => entry.roomId === roomId && !entry.failed).map(({ at }) => at),
  )
}

type Props = { roomId: string; seconds: number; onWait: (seconds: number) => void }

/** In a room in which one waits between two messages: how long still. */
export function SlowMode({ roomId, seconds, onWait }: Props) {
  const { now } = useSocket()
  const since = useStore((state) => wroteAt(state, roomId))
  const [wait, setWait] = useState(0)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    function count(): void {
      const left = since + seconds * 1000 - now()
      // A clock that was changed keeps nobody waiting for longer than the rule.
      const shown = left > seconds * 1000 ? 0 : Math.max(0, Math.ceil(left / 1000))
      setWait(shown)
      onWait(shown)
      if (shown > 0) timer = setTimeout(count, left % 1000 || 1000)
    }
    count()
    return () => {
      clearTimeout(timer)
      onWait(0)
    }
  }, [since, seconds, now, onWait])

  return <span id="slow-mode">{wait > 0 && more.writeAgain(wait)}</span>
}
