/**
 * Keeps the reader's place. The scroller is a column-reverse flex box with one child: its resting place (scrollTop 0) is the
 * end of the conversation, so staying there needs no code. Further up, one visible row and where it was is remembered, and
 * put back whenever anything changes size; the reader's own scrolling is subtracted, so the two never fight. The browser's
 * own scroll anchoring is off, because engines differ. `changed`: as many rows may have come as have gone, and nothing is of
 * another size.
 */
export function holdPlace(scroller: HTMLElement, content: HTMLElement, rows: () => readonly Element[]) {
  let row: Element | null = null
  let top = 0
  let at = 0
  const edge = () => scroller.getBoundingClientRect().top

  function mark(): void {
    row = null
    at = scroller.scrollTop
    if (at > -2) return
    const limit = edge()
    row = firstBelow(rows(), limit)
    if (row) top = row.getBoundingClientRect().top - limit
  }

  function hold(): void {
    if (row?.isConnected && scroller.scrollTop <= -2) {
      const moved = row.getBoundingClientRect().top - edge() - (top - (scroller.scrollTop - at))
      if (Math.abs(moved) >= 0.5) scroller.scrollTop += moved
    }
    mark()
  }

  scroller.addEventListener('scroll', hold, { passive: true })
  const observer = new ResizeObserver(hold)
  observer.observe(scroller)
  observer.observe(content)
  mark()
  return {
    changed(): void {
      if (row) hold()
    },
    stop(): void {
      observer.disconnect()
      scroller.removeEventListener('scroll', hold)
    },
  }
}

/** Rows stand in order, so the first one that reaches below the edge is found by halving. */
function firstBelow(rows: readonly Element[], limit: number): Element | null {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) > limit) high = middle
    else low = middle + 1
  }
  return rows[low] ?? null
}
