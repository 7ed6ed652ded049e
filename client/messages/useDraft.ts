import { useEffect, useRef } from 'react'
import { useSocket, useStore } from '../socket/useSocket.ts'

/** Saved so soon after the last key that a killed browser loses no more than a word. Milliseconds. */
const SAVED_AFTER = 200

const keyOf = (personId: string, roomId: string) => `natter.draft.${personId}.${roomId}`

/** What was being written in this room: kept over room changes, reloads and crashes, until it is sent or emptied. */
export function useDraft(roomId: string): [string, (text: string) => void] {
  const { store } = useSocket()
  const personId = useStore(({ me }) => me?.id ?? '')
  const text = useStore(({ drafts }) => drafts[roomId]) ?? ''
  const unsaved = useRef<(() => void) | null>(null)

  useEffect(() => {
    const stored = localStorage.getItem(keyOf(personId, roomId))
    if (stored && !store.getState().drafts[roomId]) store.dispatch({ type: 'draft', roomId, text: stored })
    const save = () => unsaved.current?.()
    addEventListener('pagehide', save)
    return () => {
      removeEventListener('pagehide', save)
      save()
    }
  }, [personId, roomId, store])

  return [
    text,
    (next) => {
      store.dispatch({ type: 'draft', roomId, text: next })
      const first = unsaved.current === null
      unsaved.current = () => {
        unsaved.current = null
        const newest = store.getState().drafts[roomId]
        if (newest) localStorage.setItem(keyOf(personId, roomId), newest)
        else localStorage.removeItem(keyOf(personId, roomId))
      }
      // What was sent must not come back after a crash.
      if (next === '') unsaved.current()
      else if (first) setTimeout(() => unsaved.current?.(), SAVED_AFTER)
    },
  ]
}
