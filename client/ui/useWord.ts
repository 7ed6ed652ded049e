import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { useCaret, type TextBox } from './useCaret.ts'

type Word = { from: number; query: string }

/** The word of some kind that is being written at the caret, and how another takes its place. */
export function useWord(
  area: RefObject<TextBox | null>,
  draft: string,
  wordAt: (text: string, caret: number) => Word | null,
  onTake: (text: string) => void,
) {
  const caret = useCaret(area, draft)
  const word = caret === null ? null : wordAt(draft, caret)
  const [closed, setClosed] = useState<number | null>(null)
  const next = useRef<number>(null)

  // What was taken stands in the box by now; one writes on behind it.
  useLayoutEffect(() => {
    if (next.current !== null) area.current?.setSelectionRange(next.current, next.current)
    next.current = null
  }, [draft, area])

  // Esc is for one word: the next one is suggested for again.
  useEffect(() => {
    if (!word) setClosed(null)
  }, [word === null])

  return {
    /** What suggestions are for; null while there is nothing to suggest. */
    query: word && word.from !== closed ? word.query : null,
    /** No more of them for this word. */
    dismiss: () => setClosed(word?.from ?? null),
    take(text: string): void {
      if (!word || caret === null) return
      const before = `${draft.slice(0, word.from)}${text} `
      next.current = before.length
      onTake(before + draft.slice(caret).replace(/^ /, ''))
      area.current?.focus()
    },
  }
}
