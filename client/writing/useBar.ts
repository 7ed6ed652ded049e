import { useEffect, useState, type RefObject } from 'react'
import { openShelf } from '../socket/shelf.ts'

const OPEN = 'natter.formatting'

const touch = matchMedia('(pointer: coarse)')

/**
 * Whether the bar is shown: where somebody has opened it, in this browser; under a finger while something is selected, or `held`.
 */
export function useBar(area: RefObject<HTMLTextAreaElement | null>, held: boolean) {
  const [open, setOpen] = useState(() => openShelf().get(OPEN) === 'open')
  const [selects, setSelects] = useState(false)

  useEffect(() => {
    if (!touch.matches) return
    const look = () => {
      const box = area.current
      setSelects(box !== null && document.activeElement === box && box.selectionStart < box.selectionEnd)
    }
    document.addEventListener('selectionchange', look)
    return () => document.removeEventListener('selectionchange', look)
  }, [area])

  return {
    open,
    shown: touch.matches ? selects || held : open,
    toggle(): void {
      openShelf().put(OPEN, open ? 'closed' : 'open')
      setOpen(!open)
    },
  }
}
