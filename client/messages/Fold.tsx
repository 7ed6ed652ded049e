import { useLayoutEffect, useRef, useState } from 'react'
import { useInside } from '../reactions/useInside.ts'
import { adopt } from '../ui/adopt.ts'
import { more } from '../ui/moreWords.ts'
import css from './Fold.css?inline'
import { unfold } from './unfold.ts'

adopt(css)

const textAt = (button: Element | null) => button?.closest('.body')?.querySelector<HTMLElement>(':scope > .text')

/**
 * Under a text that stands folded, where there is more of it than is shown. It is the style that folds, before this has come: the
 * attribute on the text is what counts, whoever takes it away. Here it is only noticed, and the browser tells whether anything is cut off.
 */
export function Fold() {
  const button = useRef<HTMLButtonElement>(null)
  const isInside = useInside(button)
  const [{ folded, cut }, note] = useState({ folded: true, cut: false })

  useLayoutEffect(() => {
    const text = textAt(button.current)
    if (!text) return
    let last = { folded: true, cut: false }
    const look = () => {
      const folded = text.hasAttribute('data-folded')
      // Unfolded, it is as high as it is, and can be folded again only if it was.
      const cut = folded ? text.scrollHeight > text.clientHeight : last.cut
      if (folded !== last.folded || cut !== last.cut) note((last = { folded, cut }))
    }
    const sizes = new ResizeObserver(look)
    sizes.observe(text)
    const changes = new MutationObserver(look)
    changes.observe(text, { attributeFilter: ['data-folded'] })
    // Found by the browser, selected beyond the edge, or the focus is on a link further down.
    const open = () => text.scrollTop > 0 && unfold(text.parentElement ?? text)
    text.addEventListener('scroll', open)
    look()
    return () => {
      sizes.disconnect()
      changes.disconnect()
      text.removeEventListener('scroll', open)
    }
  }, [])

  function toggle(): void {
    const text = textAt(button.current)
    text?.toggleAttribute('data-folded')
    // What is folded again must not leave somebody below it.
    if (text?.hasAttribute('data-folded')) text.closest('.message')?.scrollIntoView({ block: 'nearest' })
  }

  return (
    <button
      ref={button}
      type="button"
      className="fold"
      hidden={!cut}
      aria-expanded={!folded}
      tabIndex={isInside ? 0 : -1}
      onClick={toggle}
    >
      {folded ? more.showAll : more.showLess}
    </button>
  )
}
