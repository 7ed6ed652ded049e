import { useImperativeHandle, useRef, type Ref, type RefObject } from 'react'
import { Avatar } from '../ui/Avatar.tsx'
import { more } from '../ui/moreWords.ts'
import { Suggestions, type Keys } from '../ui/Suggestions.tsx'
import { useWord } from '../ui/useWord.ts'
import { wordAt } from './offers.ts'
import { useOffers } from './useOffers.ts'

export type Completion = Keys & {
  /** The text as it is sent, with whom it names. */
  named: (text: string) => string
}

export type CompleteProps = {
  roomId: string
  draft: string
  /** Nobody has written anything yet: what stands there is meant as it stands. */
  quiet?: boolean
  area: RefObject<HTMLTextAreaElement | null>
  ref: Ref<Completion>
  onTake: (text: string) => void
}

/** Whom the word after an "@" may mean. */
export function Complete({ roomId, draft, quiet, area, onTake, ref }: CompleteProps) {
  const { query, dismiss, take } = useWord(area, quiet ? '' : draft, wordAt, onTake)
  const { offers, named } = useOffers(roomId, query, draft)
  const keys = useRef<Keys>(null)
  useImperativeHandle(ref, () => ({ press: (event) => keys.current?.press(event) ?? false, named }))
  return (
    <Suggestions
      label={more.people}
      said={more.suggestions(offers.length)}
      items={offers.map((offer) => ({
        ...offer,
        sign: offer.person ? <Avatar person={offer.person} /> : <span className="many">@</span>,
      }))}
      query={query ?? ''}
      area={area}
      ref={keys}
      onTake={({ name }) => take(`@${name}`)}
      onClose={dismiss}
    />
  )
}
