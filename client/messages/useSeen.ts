import { useEffect, useRef, type RefObject } from 'react'
import type { Row } from './rows.ts'

/** A message is read when its last line has been on screen this long, on a page that has the focus. Milliseconds. */
const READING = 400

/** Reading is seeing: opening a room reads nothing that is further up or down. */
export function useSeen(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  seen: (seq: number) => void,
): void {
  const look = useRef(() => {})
  const tell = useRef(seen)
  useEffect(() => {
    tell.current = seen
  })

  useEffect(() => {
    const box = scroller.current
    if (!box) return
    let timer = 0
    // Where messages keep coming there is never a quiet moment: what was there before and is there still has been read.
    look.current = () => {
      if (timer) return
      const before = lastOnScreen(box)
      timer = window.setTimeout(() => {
        timer = 0
        const now = lastOnScreen(box)
        const seq = Math.min(before, now)
        if (seq > 0 && document.visibilityState === 'visible' && document.hasFocus()) tell.current(seq)
        if (now !== before) look.current()
      }, READING)
    }
    const again = () => look.current()
    again()
    box.addEventListener('scroll', again, { passive: true })
    addEventListener('focus', again)
    document.addEventListener('visibilitychange', again)
    return () => {
      clearTimeout(timer)
      box.removeEventListener('scroll', again)
      removeEventListener('focus', again)
      document.removeEventListener('visibilitychange', again)
    }
  }, [scroller])

  useEffect(() => look.current(), [rows])
}

function lastOnScreen(box: HTMLElement): number {
  const edge = box.getBoundingClientRect().bottom + 1
  const rows = [...box.querySelectorAll<HTMLElement>('[data-seq]')]
  const row = rows.findLast((one) => one.getBoundingClientRect().bottom <= edge)
  return Number(row?.dataset['seq'] ?? 0)
}
