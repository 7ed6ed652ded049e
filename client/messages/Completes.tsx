import { useImperativeHandle, useRef } from 'react'
import { CompleteEmoji } from '../emoji/CompleteEmoji.tsx'
import { Complete, type CompleteProps, type Completion } from '../mentions/Complete.tsx'
import { CompleteRoom } from '../mentions/CompleteRoom.tsx'
import type { Keys } from '../ui/Suggestions.tsx'

/** What a word that begins with a sign may mean: people, rooms, emoji. */
export function Completes({ ref, ...props }: CompleteProps) {
  const { draft, quiet, area, onTake } = props
  const people = useRef<Completion>(null)
  const rooms = useRef<Completion>(null)
  const emoji = useRef<Keys>(null)
  useImperativeHandle(ref, () => ({
    press: (event) => [people, rooms, emoji].some((one) => one.current?.press(event)),
    named(text) {
      const named = people.current?.named(text) ?? text
      return rooms.current?.named(named) ?? named
    },
  }))
  return (
    <>
      {draft.includes('@') && <Complete {...props} ref={people} />}
      {draft.includes('#') && <CompleteRoom {...props} ref={rooms} />}
      {!quiet && draft.includes(':') && <CompleteEmoji draft={draft} area={area} ref={emoji} onTake={onTake} />}
    </>
  )
}
