import { useEffect, useState } from 'react'
import { useSocket, useStore } from './useSocket.ts'

/** Milliseconds of silence before it is worth a word, before it is called offline, and that "Back" is shown. */
const WORTH_A_WORD = 2_000
const OFFLINE = 10_000
const BACK = 3_000

export type ConnectionView = {
  phase: 'online' | 'connecting' | 'reconnecting' | 'offline'
  /** Messages in the outbox. */
  waiting: number
  /** Right after a reconnect: how many messages came meanwhile. */
  back: number | null
  /** The server has a newer page than this one. */
  newer: boolean
  retry: () => void
}

export function useConnection(): ConnectionView {
  const { store, reconnect } = useSocket()
  const link = useStore((state) => state.link)
  const waiting = useStore((state) => state.outbox).filter(({ failed }) => !failed).length
  const newer = useStore((state) => state.newer !== null)
  const [now, setNow] = useState(() => performance.now())
  const lost = link.phase === 'lost' || (link.phase === 'connecting' && link.since > 0)

  useEffect(() => {
    if (!lost) return
    const timer = setInterval(() => setNow(performance.now()), 500)
    return () => clearInterval(timer)
  }, [lost])

  useEffect(() => {
    if (link.back === null) return
    const timer = setTimeout(() => store.dispatch({ type: 'link', link: { back: null } }), BACK)
    return () => clearTimeout(timer)
  }, [link.back, store])

  const silent = lost ? now - link.since : 0
  const phase = !lost
    ? link.phase === 'connecting'
      ? 'connecting'
      : 'online'
    : silent > OFFLINE || !navigator.onLine
      ? 'offline'
      : silent > WORTH_A_WORD
        ? 'reconnecting'
        : 'online'
  return { phase, waiting, back: link.back, newer, retry: reconnect }
}
