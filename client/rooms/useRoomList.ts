import { useState } from 'react'
import { usePages } from '../socket/usePages.ts'
import { useRoomActions } from './useRoomActions.ts'

/** The rooms that one may find, by name: those that are put away, or the others. */
export function useRoomList() {
  const { browse } = useRoomActions()
  const [archived, setArchived] = useState(false)
  const list = usePages((query, after?: string) => browse(query, archived, after), archived)
  return { ...list, archived, setArchived, rooms: list.pages?.flatMap(({ rooms }) => rooms) }
}
