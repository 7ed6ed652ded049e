import { useEffect, type RefObject } from 'react'
import type { Row } from './rows.ts'

/** A message is read when its last line has been on screen this long, on a page that has the focus. Milliseconds. */
const READING = 400

/** Reading is seeing: opening a room reads nothing that is further up or down. */
export function useSeen(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  seen: (seq: number) => void,
): void {
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    let timer = 0
    const look = () => {
      clearTimeout(timer)
      timer = window.setTimeout(() => {
        if (document.visibilityState !== 'visible' || !document.hasFocus()) return
        const newest = lastOnScreen(box)
        if (newest > 0) seen(newest)
      }, READING)
    }
    look()
    box.addEventListener('scroll', look, { passive: true })
    addEventListener('focus', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      box.removeEventListener('scroll', look)
      removeEventListener('focus', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [scroller, rows])
}

function lastOnScreen(box: HTMLElement): number {
  const edge = box.getBoundingClientRect().bottom + 1
  const rows = [...box.querySelectorAll<HTMLElement>('[data-seq]')]
  const row = rows.findLast((one) => one.getBoundingClientRect().bottom <= edge)
  return Number(row?.dataset['seq'] ?? 0)
}
