import type { SomeMessages } from '../../protocol/replies.ts'
import { useSocket } from '../socket/useSocket.ts'
import { quotedBy, withAnswer } from './beside.ts'

/** What is held of a room beside the window of its messages. */
export function useBeside(roomId: string) {
  const { store, request } = useSocket()
  const timelineOf = () => store.getState().rooms[roomId]?.timeline

  /** Returns whether it could: else the answers are to be asked for again. */
  function hold(...answers: SomeMessages[]): boolean {
    for (const answer of answers) {
      const timeline = timelineOf()
      const beside = timeline && withAnswer(timeline, answer)
      if (!beside) return false
      store.dispatch({ type: 'people', people: answer.people })
      store.dispatch({ type: 'beside', roomId, beside })
    }
    return true
  }

  return {
    hold,
    /** Resolves to what the server says, which may be out of date already, and is not held then; null without an answer. */
    async bring(seqs: number[]): Promise<SomeMessages | null> {
      const answer = await request('message:get', { roomId, seqs })
      if (answer.ok) hold(answer.data)
      return answer.ok ? answer.data : null
    },
    /** Nobody looks at the room any more: what is shown of it beside its messages is what they quote. */
    tidy(): void {
      const timeline = timelineOf()
      if (timeline) store.dispatch({ type: 'beside', roomId, beside: quotedBy(timeline.messages, timeline.beside) })
    },
  }
}
