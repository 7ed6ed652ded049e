import type { Person } from '../../../protocol/people.ts'
import { lineOf } from '../../names/line.ts'
import type { Picture, Profiles } from '../profiles.ts'
import { hereOf, personOf } from './authority.ts'
import type { Database } from './database.ts'
import type { Changes } from './gathering.ts'
import { nextPeopleRev } from './peopleOperations.ts'
import { keepPicture, releasePicture } from './pictures.ts'

/** What people say of themselves, and how they look. */
export function createProfileOperations(database: Database, changes: Changes) {
  /** Keeps and announces them as they are from now on. */
  function put({ id, about, status, zone, picture }: Person): Person {
    database.run(
      `UPDATE people SET about = ?, status_emoji = ?, status_text = ?, status_until = ?, zone = ?, picture = ?, rev = ?
       WHERE id = ?`,
      about ?? null,
      status?.emoji ?? null,
      status?.text ?? null,
      status?.until ?? null,
      zone ?? null,
      picture ?? null,
      nextPeopleRev(database),
      id,
    )
    const person = personOf(database, id)
    changes.person(person)
    return person
  }

  return {
    'profiles.change'(id: string, { about, status, zone }: Parameters<Profiles['change']>[1]): Person {
      const before = hereOf(database, id)
      const after = { ...before }
      if (about !== undefined) after.about = lineOf(about ?? '') || undefined
      if (zone !== undefined) after.zone = zone ?? undefined
      if (status !== undefined) {
        const text = lineOf(status?.text ?? '')
        after.status = status && (status.emoji || text) ? { ...status, text } : undefined
      }
      return isSame(before, after) ? before : put(after)
    },

    'profiles.setPicture'(id: string, picture: Picture | null): Person {
      const before = hereOf(database, id)
      const hash = picture ? keepPicture(database, picture) : undefined
      if (before.picture === hash) return before
      const person = put({ ...before, picture: hash })
      releasePicture(database, before.picture)
      return person
    },

    'profiles.endUntil'(now: number): void {
      for (const row of database.all('SELECT id FROM people WHERE status_until <= ?', now))
        put({ ...personOf(database, String(row['id'])), status: undefined })
    },
  }
}

const isSame = (one: Person, other: Person): boolean =>
  (['about', 'zone'] as const).every((field) => one[field] === other[field]) &&
  (['emoji', 'text', 'until'] as const).every((field) => one.status?.[field] === other.status?.[field])
