import { useEffect, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { useCaret, type TextBox } from './useCaret.ts'

/** A blank stands behind what was taken: the one that somebody writes there out of habit is that one. */
function expectBlank(box: TextBox, caret: number): void {
  box.addEventListener(
    'beforeinput',
    (event) => {
      if (event instanceof InputEvent && event.data === ' ' && box.selectionStart === caret) event.preventDefault()
    },
    { once: true },
  )
}

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
      // At once: the list, and who draws it, may be gone with what was taken.
      flushSync(() => onTake(before + draft.slice(caret).replace(/^ /, '')))
      const box = area.current
      if (!box) return
      box.focus()
      // One writes on behind it.
      box.setSelectionRange(before.length, before.length)
      expectBlank(box, before.length)
    },
  }
}
