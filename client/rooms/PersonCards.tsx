import { useEffect, useState } from 'react'
import { PersonCard } from './PersonCard.tsx'

/** Opens the card of whoever something on the page says it is about, by their id in `data-person`, when that is clicked. */
export function PersonCards() {
  const [personId, setPersonId] = useState<string | null>(null)
  useEffect(() => {
    const open = ({ target }: MouseEvent) => {
      const about = target instanceof Element ? target.closest<HTMLElement>('[data-person]') : null
      if (about) setPersonId(about.dataset['person'] ?? null)
    }
    document.addEventListener('click', open)
    return () => document.removeEventListener('click', open)
  }, [])
  return personId && <PersonCard personId={personId} onClose={() => setPersonId(null)} />
}
