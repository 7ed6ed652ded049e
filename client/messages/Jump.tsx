import { useLayoutEffect, useRef, type RefObject } from 'react'
import { arrive } from './byHand.ts'
import { unfold } from './unfold.ts'
import type { useRoom } from './useRoom.ts'

/** So long the message that one went to stands out. Milliseconds. */
const WASHED = 1_200

type Props = { at: number; view: ReturnType<typeof useRoom>; scroller: RefObject<HTMLElement | null> }

/** What comes around it within this time does not push it out of sight. Milliseconds. */
const SETTLING = 2_000

/** Goes to the message that the address names, once, bringing it first if this tab does not hold it. */
export function Jump({ at, view, scroller }: Props) {
  const { rows, loading, loadAround } = view
  const gone = useRef<{ to: number; shown: boolean; since: number }>(null)
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box || loading) return
    if (gone.current?.to === at && gone.current.shown) {
      if (performance.now() - gone.current.since < SETTLING) keepInSight(box)
      return
    }
    const shown = rows.some((row) => row.type === 'message' && row.seq === at)
    if (!shown && gone.current?.to !== at) loadAround(at)
    gone.current = { to: at, shown, since: performance.now() }
    if (shown) show(box, at)
  }, [at, loading, rows])
  return null
}

/** A third from the top. */
function place(box: HTMLElement, row: Element): void {
  const edge = box.getBoundingClientRect()
  box.scrollTop += row.getBoundingClientRect().top - edge.top - edge.height / 3
}

/** In focus. Deleted messages stand as one, which has the position of the last of them. */
function show(box: HTMLElement, seq: number): void {
  const row = [...box.querySelectorAll<HTMLElement>('[data-seq]')].find((one) => Number(one.dataset['seq']) >= seq)
  if (!row) return
  unfold(row)
  place(box, row)
  row.focus({ preventScroll: true })
  arrive(row)
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  row.querySelector('.body > .text')?.animate?.([{ background: 'var(--moss-wash-2)' }, {}], WASHED)
}

function keepInSight(box: HTMLElement): void {
  const row = document.activeElement
  if (!row || row === box || !box.contains(row)) return
  const [edge, { top, bottom }] = [box.getBoundingClientRect(), row.getBoundingClientRect()]
  if (bottom < edge.top || top > edge.bottom) place(box, row)
}
