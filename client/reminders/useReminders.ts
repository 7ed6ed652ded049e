import { useEffect, useState } from 'react'
import { usePages } from '../socket/usePages.ts'
import { useSocket } from '../socket/useSocket.ts'
import { listReminders } from './due.ts'

/** What I am to be reminded of, asked for again when it changes, on this device or another. */
export function useReminders() {
  const connection = useSocket()
  const { request, hear, listen, now } = connection
  const [rev, setRev] = useState(0)
  useEffect(() => {
    const look = () => setRev((before) => before + 1)
    const ends = [
      hear('reminder:changed', look),
      // A deleted message is nothing to be reminded of, and another text is another text.
      listen(({ changes }) => {
        if (changes.some((one) => one.type === 'message:changed' && (one.message.deleted || one.message.editedAt)))
          look()
      }),
    ]
    return () => {
      for (const end of ends) end()
    }
  }, [hear, listen])
  const { pages, problem, setProblem } = usePages(async () => {
    const answer = await listReminders(connection)
    return answer.ok ? { ok: true, data: { reminders: answer.data.reminders, next: null } } : answer
  }, rev)

  const noting = async (asked: ReturnType<typeof request>): Promise<boolean> => {
    const answer = await asked
    if (!answer.ok) setProblem(answer.error.message)
    return answer.ok
  }
  return {
    /** Null before it is known. */
    reminders: pages?.flatMap((page) => page.reminders) ?? null,
    problem,
    now,
    move: (roomId: string, seq: number, at: number) => noting(request('reminder:set', { roomId, seq, at })),
    end: (roomId: string, seq: number) => noting(request('reminder:end', { roomId, seq })),
  }
}

/** Says why, if it cannot be. */
export function useRemind(roomId: string, seq: number) {
  const { request, now } = useSocket()
  return {
    now,
    async remind(at: number): Promise<string | null> {
      const answer = await request('reminder:set', { roomId, seq, at })
      return answer.ok ? null : answer.error.message
    },
  }
}
