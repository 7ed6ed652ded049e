import type { CSSProperties } from 'react'
import type { Person } from '../../protocol/people.ts'
import type { Presence } from '../../protocol/presence.ts'
import { initialsOf } from './initials.ts'
import './Avatar.css'

/** A tile with initials, crossed by the person's own stripe. The name always stands next to it. */
export function Avatar({ person, presence = null }: { person: Pick<Person, 'name' | 'tint'>; presence?: Presence | null }) {
  const look = { '--h': (person.tint % 12) * 30 + 5, '--a': `${Math.floor(person.tint / 12) * 22.5 + 22.5}deg` } as CSSProperties
  return (
    <span className="avatar" style={look} aria-hidden="true">
      {initialsOf(person.name)}
      {presence && <i data-presence={presence} />}
    </span>
  )
}
