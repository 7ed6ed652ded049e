import { plainWith } from '../mentions/plain.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'

/** What is being written in this room: kept over room changes, reloads and crashes, until it is sent or emptied. */
export function useDraft(roomId: string) {
  const { store } = useSocket()
  return {
    draft: useStore(({ drafts }) => drafts[roomId]) ?? '',
    /** As it is now, also between two frames. */
    current: () => store.getState().drafts[roomId] ?? '',
    setDraft: (text: string) => store.dispatch({ type: 'draft', roomId, text }),
  }
}

/** Puts what was a message before what is being written, without listening to every key. */
export function useAddToDraft(roomId: string): (body: string) => void {
  'use memo'
  const { store } = useSocket()
  return (body) => {
    const { drafts, people } = store.getState()
    const [draft, text] = [drafts[roomId], plainWith(people, body)]
    store.dispatch({ type: 'draft', roomId, text: draft ? `${text}\n${draft}` : text })
  }
}
