import { useEffect } from 'react'
import { useSyncedDrafts } from '../drafts/useSyncedDrafts.ts'
import { useSavingEdits } from '../messages/useSavingEdits.ts'
import { useKeptReactions } from '../reactions/useReactions.ts'
import { useDue } from '../reminders/useDue.ts'
import type { RoomRow } from '../rooms/useRooms.ts'
import { useShortcuts } from './useShortcuts.ts'
import { useTitle } from './useTitle.ts'

type Props = {
  rooms: readonly RoomRow[]
  /** How much of what is unread in them is for me, with what I am to be reminded of now. */
  forYou: number
  openRoomId: string | null
  /** What the tab is called; null where a page says so itself. */
  title: string | null
}

/** What goes on beside the page from the moment after it is there: keys that go elsewhere, and what its tab and an installed app say. */
export function Background({ rooms, forYou, openRoomId, title }: Props) {
  useShortcuts(rooms, openRoomId)
  useTitle(title)
  useSavingEdits()
  useSyncedDrafts()
  useKeptReactions()
  useDue()
  useEffect(() => {
    document.getElementById('favicon')?.setAttribute('href', forYou > 0 ? '/mark-lit.svg' : '/mark.svg')
    // Where there is none it is not missed.
    void navigator.setAppBadge?.(forYou).catch(() => {})
  }, [forYou])
  return null
}
