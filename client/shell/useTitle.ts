import { useEffect } from 'react'
import { useRooms } from '../rooms/useRooms.ts'
import { words } from '../ui/words.ts'

/** What the tab is called, before which stands how much is for me. Null where something else on the page says it. */
export function useTitle(title: string | null): void {
  const { forYou } = useRooms()
  useEffect(() => {
    if (title !== null) document.title = words.title(forYou, title)
  }, [title, forYou])
}
