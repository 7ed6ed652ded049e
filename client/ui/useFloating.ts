import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'

/** From the edges of the window, in pixels. */
const MARGIN = 8

/**
 * Shows something over the page beside what it belongs to (`place`), and closes it when somebody points elsewhere. Opened by hand, because a browser
 * closes its own kind when the finger is lifted that has opened it. What had the focus gets it back.
 */
export function useFloating(ref: RefObject<HTMLElement | null>, place: DOMRect, onClose: () => void): void {
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })

  useLayoutEffect(() => {
    const box = ref.current
    if (!box) return
    const opener = document.activeElement
    box.showPopover()
    const { width, height } = box.getBoundingClientRect()
    const left = place.width > 0 ? place.right - width : place.x
    const top = place.bottom + height + MARGIN > innerHeight ? place.top - height : place.bottom
    box.style.setProperty('--left', `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`)
    box.style.setProperty('--top', `${Math.max(MARGIN, top)}px`)
    const outside = ({ target, pointerType }: PointerEvent) => {
      if (box.contains(target as Node)) return
      if (pointerType === 'touch') swallowTap()
      close.current()
    }
    const resized = () => close.current()
    document.addEventListener('pointerdown', outside, true)
    addEventListener('resize', resized)
    return () => {
      document.removeEventListener('pointerdown', outside, true)
      removeEventListener('resize', resized)
      const lost = document.activeElement === document.body || box.contains(document.activeElement)
      if (lost && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
    }
  }, [])
}

/** A finger that closes something does nothing else: what lies beneath would be pressed when it is lifted. */
function swallowTap(): void {
  const over = new AbortController()
  const options = { capture: true, passive: false, signal: over.signal }
  document.addEventListener(
    'touchend',
    (event) => {
      // Whoever has scrolled meanwhile presses nothing.
      if (event.cancelable) event.preventDefault()
      over.abort()
    },
    options,
  )
  document.addEventListener('touchcancel', () => over.abort(), options)
}
