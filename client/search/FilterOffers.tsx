import { useEffect, type Ref, type RefObject } from 'react'
import type { Person } from '../../protocol/people.ts'
import { useRooms } from '../rooms/useRooms.ts'
import { useStore } from '../socket/useSocket.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { more } from '../ui/moreWords.ts'
import { Suggestions, type Keys, type Suggestion } from '../ui/Suggestions.tsx'
import { useWord } from '../ui/useWord.ts'
import { filterAt, filterOf, partsOfFilter } from './filters.ts'
import { fitOf } from './options.ts'
import { useSearch } from './useSearch.ts'

/** As many as are looked through at a glance. */
const MOST = 8
/** Between two letters nobody is asked. Milliseconds. */
const AFTER = 80

/** Those whose name fits best first. */
function fitting<T extends { name: string }>(all: readonly T[], typed: string): T[] {
  return all
    .flatMap((one) => {
      const fit = fitOf(one.name, typed)
      return fit === null ? [] : { one, fit }
    })
    .sort((a, b) => a.fit - b.fit || a.one.name.localeCompare(b.one.name))
    .slice(0, MOST)
    .map(({ one }) => one)
}

/** All whom one knows, and those whom the server knows by the beginning of their name. */
function usePeopleCalled(name: string | null): Person[] {
  const people = useStore((state) => state.people)
  const { findPeople } = useSearch()
  useEffect(() => {
    if (name === null) return
    const timer = setTimeout(() => void findPeople(name), AFTER)
    return () => clearTimeout(timer)
  }, [name])
  return Object.values(people).filter(({ gone, role }) => !gone && role !== 'visitor')
}

type Props = {
  typed: string
  area: RefObject<HTMLInputElement | null>
  ref: Ref<Keys>
  onTake: (text: string) => void
}

/** Whom `from:`, or which room `in:` may mean, while it is being written. */
export function FilterOffers({ typed, area, ref, onTake }: Props) {
  const { query, dismiss, take } = useWord(area, typed, filterAt, onTake)
  const { filter, name } = partsOfFilter(query ?? '')
  const { all: rooms } = useRooms()
  const people = usePeopleCalled(query !== null && filter === 'from' ? name : null)
  const me: Suggestion = { id: 'me', name: 'me', note: more.yourself }
  const items: Suggestion[] =
    filter === 'from'
      ? [
          ...('me'.startsWith(name.toLowerCase()) ? [me] : []),
          ...fitting(people, name).map((person) => ({ ...person, sign: <Avatar person={person} /> })),
        ]
      : fitting(rooms, name).map(({ id, name: called }) => ({ id, name: called }))
  const offers = query === null ? [] : items
  return (
    <Suggestions
      label={more.meant[filter]}
      said={more.suggestions(offers.length)}
      items={offers}
      query={query ?? ''}
      area={area}
      ref={ref}
      onTake={(item) => take(filterOf(filter, item.name))}
      onClose={dismiss}
    />
  )
}
