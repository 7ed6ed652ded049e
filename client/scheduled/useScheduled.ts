import { useEffect, useState } from 'react'
import type { Scheduled } from '../../protocol/scheduled.ts'
import { useAddToDraft } from '../messages/useDraft.ts'
import { newKey } from '../messages/newKey.ts'
import { useOnline } from '../socket/useOnline.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'

/** What I have to be sent later, on all my devices, the next first; null before it is known. */
export function useScheduled() {
  const { request, store } = useSocket()
  const online = useOnline()
  const scheduled = useStore((state) => state.scheduled)
  const rooms = useStore((state) => state.rooms)
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    if (!online) return
    void request('scheduled:list', {}).then((answer) => {
      if (answer.ok) store.dispatch({ type: 'scheduled:changed', payload: answer.data, now: performance.now() })
      setProblem(answer.ok ? null : answer.error.message)
    })
  }, [online, request, store])

  return { scheduled, rooms, problem }
}

export function useScheduling() {
  const { request, now } = useSocket()
  const set = ({ id, roomId, body, at }: Omit<Scheduled, 'failed'>) =>
    request('scheduled:set', { id, roomId, body, at })
  return {
    schedule: (roomId: string, body: string, at: number) => set({ id: newKey(), roomId, body, at }),
    move: (message: Scheduled, at: number) => set({ ...message, at }),
    sendNow: (message: Scheduled) => set({ ...message, at: now() }),
    cancel: ({ id }: Scheduled) => request('scheduled:cancel', { id }),
    now,
  }
}

/** Takes it back into the box of its room. */
export function useTakeBack({ roomId, body, id }: Scheduled) {
  const { request } = useSocket()
  const addToDraft = useAddToDraft(roomId)
  return async () => {
    const answer = await request('scheduled:cancel', { id })
    if (answer.ok) addToDraft(body)
    return answer
  }
}
