import { usePages } from '../socket/usePages.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'

/** What I keep for later, asked for again when it changes, on this device or another. */
export function useSaved() {
  const { request, store } = useSocket()
  const rev = useStore(({ saved }) => saved)
  const list = usePages(async (_, after?: string) => {
    const answer = await request('saved:list', { after })
    if (answer.ok) store.dispatch({ type: 'people', people: answer.data.people })
    return answer
  }, rev)
  return {
    ...list,
    messages: list.pages?.flatMap((page) => page.messages),
    async letGo(roomId: string, seq: number): Promise<boolean> {
      const answer = await request('saved:set', { roomId, seq, on: false })
      if (!answer.ok) list.setProblem(answer.error.message)
      return answer.ok
    },
  }
}
