import { useEffect, useState } from 'react'
import type { Version } from '../../protocol/messages.ts'
import { useSocket } from '../socket/useSocket.ts'

/** What a message has said, newest first; asked for anew when it says something else (`body`). */
export function useHistory(roomId: string, seq: number, body: string) {
  const { store, request } = useSocket()
  const [versions, setVersions] = useState<readonly Version[] | null>(null)
  const [next, setNext] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [tries, setTries] = useState(0)

  async function load(before: readonly Version[], from: number | undefined, isWanted: () => boolean): Promise<void> {
    const answer = await request('message:history', { roomId, seq, before: from })
    if (!isWanted()) return
    setProblem(answer.ok ? null : answer.error.message)
    if (!answer.ok) return
    store.dispatch({ type: 'people', people: answer.data.people })
    setVersions([...before, ...answer.data.versions])
    setNext(answer.data.next)
  }

  useEffect(() => {
    let wanted = true
    void load([], undefined, () => wanted)
    return () => {
      wanted = false
    }
  }, [roomId, seq, body, tries])

  return {
    versions,
    problem,
    tryAgain: () => setTries((n) => n + 1),
    more: next === null ? null : () => void load(versions ?? [], next, () => true),
  }
}
