import { useEffect, useRef } from 'react'
import { TYPING_REPEAT_MS } from '../../protocol/limits.ts'
import type { Person } from '../../protocol/people.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'

/** Silence after which one has stopped writing. Milliseconds. */
const SILENCE = 5_000

const nobody = {}

export function useTyping(roomId: string): { others: Person[]; typed: () => void; stopped: () => void } {
  const { request } = useSocket()
  // Who does not show it does not see it either.
  const typing = useStore(({ settings, typing }) => (settings?.showsTyping ?? true) && typing[roomId]) || nobody
  const people = useStore((state) => state.people)
  const said = useRef({ at: -Infinity, timer: 0 })

  function stopped(): void {
    clearTimeout(said.current.timer)
    if (said.current.at === -Infinity) return
    said.current.at = -Infinity
    void request('typing:set', { roomId, typing: false })
  }

  function typed(): void {
    clearTimeout(said.current.timer)
    said.current.timer = window.setTimeout(stopped, SILENCE)
    if (performance.now() - said.current.at < TYPING_REPEAT_MS) return
    said.current.at = performance.now()
    void request('typing:set', { roomId, typing: true })
  }

  useEffect(() => {
    const current = said.current
    return () => {
      clearTimeout(current.timer)
      if (current.at !== -Infinity) void request('typing:set', { roomId, typing: false })
      current.at = -Infinity
    }
  }, [roomId, request])

  return { others: Object.keys(typing).flatMap((id) => people[id] ?? []), typed, stopped }
}
