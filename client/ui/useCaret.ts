import { useLayoutEffect, useState, type RefObject } from 'react'

/** Where somebody writes: several lines, or one. */
export type TextBox = HTMLTextAreaElement | HTMLInputElement

/** Where in the box one writes, or null while one does not. */
export function useCaret(area: RefObject<TextBox | null>, draft: string): number | null {
  const [caret, setCaret] = useState<number | null>(null)
  useLayoutEffect(() => {
    const box = area.current
    if (!box) return
    const look = () => {
      const { selectionStart, selectionEnd } = box
      setCaret(document.activeElement === box && selectionStart === selectionEnd ? selectionStart : null)
    }
    look()
    const signs = ['keyup', 'click', 'focus', 'blur'] as const
    for (const sign of signs) box.addEventListener(sign, look)
    document.addEventListener('selectionchange', look)
    return () => {
      for (const sign of signs) box.removeEventListener(sign, look)
      document.removeEventListener('selectionchange', look)
    }
  }, [draft])
  return caret
}
