import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { holdPlace } from './holdPlace.ts'
import type { useRoom } from './useRoom.ts'

/** So near the end, in pixels, that somebody counts as being there. */
const AT_END = 80
/** History is asked for this many screens before its end comes into sight. */
const AHEAD = 2

/** Where each room was left, for as long as the page lives: a message, and how far below the upper edge it stood. */
const places = new Map<string, { key: string; top: number }>()

/** Further up than at its end. */
export const wasLeft = (roomId: string): boolean => places.has(roomId)

type View = ReturnType<typeof useRoom>

/** Keeps the reader's place in the list, remembers it for the next visit, and loads what is about to come into sight. */
export function usePlace(roomId: string, view: View, at: number | null) {
  'use memo'
  const { rows, atStart, atEnd, unread, loading } = view
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const opened = useRef(false)
  const [away, setAway] = useState(false)

  const held = useRef<ReturnType<typeof holdPlace>>(null)
  useLayoutEffect(() => {
    const list = content.current
    if (!scroller.current || !list) return
    // Not by the very first: it changes its face when the messages before it come and its group goes on above it.
    held.current = holdPlace(scroller.current, list, () => [...list.querySelectorAll('li')].slice(1))
    return held.current.stop
  }, [])
  useLayoutEffect(() => held.current?.changed(), [rows])

  // Whenever it opens and there is something: a fifth above the New line, or where the room was left, or at the end.
  useLayoutEffect(() => {
    const box = scroller.current
    if (loading) opened.current = false
    if (opened.current || loading || rows.length === 0 || !box) return
    opened.current = true
    // Somebody who comes to one message goes there.
    if (at !== null) return
    const line = box.querySelector('.new-line')
    const place = places.get(roomId)
    const left = place && box.querySelector(`[data-key="${CSS.escape(place.key)}"]`)
    const edge = box.getBoundingClientRect()
    if (line) {
      const below = content.current
        ? content.current.getBoundingClientRect().bottom - line.getBoundingClientRect().top
        : 0
      if (below > edge.height) box.scrollTop += line.getBoundingClientRect().top - edge.top - edge.height / 5
    } else if (left) box.scrollTop += left.getBoundingClientRect().top - edge.top - place.top
  }, [loading, rows.length, roomId])

  function look(): void {
    const box = scroller.current
    if (!box || !opened.current) return
    const fromEnd = -box.scrollTop
    const fromStart = box.scrollHeight - box.clientHeight + box.scrollTop
    const following = fromEnd <= AT_END && atEnd
    if (following) places.delete(roomId)
    else remember(roomId, box)
    view.follow(following)
    setAway(fromEnd > box.clientHeight || (!following && unread > 0))
    if (fromStart < AHEAD * box.clientHeight && !atStart) view.loadOlder()
    if (fromEnd < AHEAD * box.clientHeight && !atEnd) view.loadNewer()
  }
  // Not only scrolling changes what is in sight: rows come and go. In the next frame, or all is laid out once for each of them.
  const frame = useRef(0)
  const latest = useRef(look)
  useEffect(() => {
    latest.current = look
    frame.current ||= requestAnimationFrame(() => {
      frame.current = 0
      latest.current()
    })
  }, [rows, atStart, atEnd, unread])

  useEffect(() => () => view.close(places.get(roomId)?.key ?? null), [])

  const showEnd = () => {
    if (scroller.current) scroller.current.scrollTop = 0
  }

  async function toEnd(): Promise<void> {
    await view.goToLatest()
    // Only then are the newest rows in the document.
    requestAnimationFrame(showEnd)
  }

  return { scroller, content, away, look, showEnd, toEnd }
}

function remember(roomId: string, box: HTMLElement): void {
  const edge = box.getBoundingClientRect().top
  for (const row of box.querySelectorAll<HTMLElement>('[data-key]')) {
    const { top, bottom } = row.getBoundingClientRect()
    if (bottom > edge) return void places.set(roomId, { key: row.dataset['key'] ?? '', top: top - edge })
  }
}
