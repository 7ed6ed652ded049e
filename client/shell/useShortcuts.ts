import { useEffect } from 'react'
import { useLocation } from 'wouter'
import type { RoomRow } from '../rooms/useRooms.ts'

const regions = ['.sidebar', '.message-list', '.composer', '.details', '.page > .scroll', '.toast']

/** Alt with the arrows goes from room to room, with Shift to the next unread one; F6 goes from region to region. */
export function useShortcuts(rooms: readonly RoomRow[], openRoomId: string | null): void {
  const [, navigate] = useLocation()
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      // What is behind a dialog stays as it is.
      if (document.querySelector('dialog[open]')) return
      if (event.key === 'F6') {
        event.preventDefault()
        nextRegion(event.shiftKey ? -1 : 1)
        return
      }
      if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
      // In a text that is being written, Alt and an arrow move the caret on some systems.
      const { target } = event
      const isField = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement
      if (isField && target.value !== '') return
      event.preventDefault()
      const step = event.key === 'ArrowUp' ? -1 : 1
      const from = rooms.findIndex(({ id }) => id === openRoomId)
      for (let i = 1; i <= rooms.length; i++) {
        const room = rooms[(from + step * i + rooms.length * 2) % rooms.length]
        if (room && (!event.shiftKey || room.unread > 0)) return navigate(`/r/${room.id}`)
      }
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })
}

function nextRegion(step: number): void {
  const found = regions.flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? [])
  const at = found.findIndex((region) => region.contains(document.activeElement))
  const region = found[(at + step + found.length) % found.length]
  // The best place in it, not the first in the page.
  const places = ['[tabindex="0"]', 'textarea', '[aria-current]', 'input', 'a', 'button']
  places
    .map((selector) => region?.querySelector<HTMLElement>(selector))
    .find((place) => place)
    ?.focus()
}
