import { useEffect } from 'react'
import { useSocket, useStore } from '../socket/useSocket.ts'

/** Without a key, a touch or a move for this long somebody counts as away. Milliseconds. */
const IDLE = 5 * 60_000

/** Tells the server whether this tab's person is looking. */
export function usePresenceReport(): void {
  const { request } = useSocket()
  const online = useStore(({ link }) => link.phase === 'online')
  useEffect(() => {
    if (!online) return
    let timer = 0
    let said = 'here'
    const say = (presence: 'here' | 'away') => {
      if (presence === said) return
      said = presence
      void request('presence:set', { presence })
    }
    const active = () => {
      clearTimeout(timer)
      timer = window.setTimeout(() => say('away'), IDLE)
      say(document.visibilityState === 'hidden' ? 'away' : 'here')
    }
    const signs = ['pointermove', 'pointerdown', 'keydown', 'focus', 'visibilitychange'] as const
    for (const sign of signs) addEventListener(sign, active, { passive: true, capture: true })
    active()
    return () => {
      clearTimeout(timer)
      for (const sign of signs) removeEventListener(sign, active, { capture: true })
    }
  }, [online, request])
}
