import { useEffect, useState } from 'react'

type NameOf = (emoji: string) => string

let known: NameOf | null = null
const itself: NameOf = (emoji) => emoji

/** What each emoji is called, as soon as that is here; an emoji itself until then. */
export function useEmojiNames(): NameOf {
  const [nameOf, setNameOf] = useState(() => known)
  useEffect(() => {
    if (nameOf) return
    let shown = true
    import('./data.ts').then(
      (data) => {
        known = data.nameOf
        if (shown) setNameOf(() => known)
      },
      // Without a network they go without names.
      () => {},
    )
    return () => {
      shown = false
    }
  }, [nameOf])
  return nameOf ?? itself
}
