import { useLayoutEffect, type RefObject } from 'react'

/** For browsers that do not grow a field with its content by themselves. */
export function useGrowing(area: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const field = area.current
    if (!field || CSS.supports?.('field-sizing', 'content')) return
    field.style.setProperty('block-size', 'auto')
    field.style.setProperty('block-size', `${field.scrollHeight}px`)
  }, [area, text])
}
