import type { CSSProperties } from 'react'
import type { Person } from '../../protocol/people.ts'
import type { Presence } from '../../protocol/presence.ts'
import { initialsOf } from './initials.ts'
import './Avatar.css'

/** A tile with initials, crossed by the person's own stripe; over it their picture, when it is there. The name always stands next to it, or there is none to tell. */
export function Avatar({
  person,
  presence = null,
  bare = false,
}: {
  person: Pick<Person, 'name' | 'tint' | 'picture'>
  presence?: Presence | null
  /** Only the stripe: in a stack, or as decoration. */
  bare?: boolean
}) {
  // Fives go once round twelve hues without two neighbours meeting, so people who came one after the other differ clearly.
  const hue = ((person.tint * 5) % 12) * 30 + 5
  const angle = ((person.tint + Math.floor(person.tint / 12)) % 8) * 22.5
  const look = { '--h': hue, '--a': `${angle}deg` } as CSSProperties
  return (
    <span className="avatar" style={look} aria-hidden="true">
      {!bare && initialsOf(person.name)}
      {person.picture && (
        <img
          key={person.picture}
          src={`/api/pictures/${person.picture}`}
          alt=""
          loading="lazy"
          onError={({ currentTarget }) => (currentTarget.hidden = true)}
        />
      )}
      {presence && <i data-presence={presence} />}
    </span>
  )
}
