import { plainOf, saidOf } from '../../protocol/mentions.ts'
import type { Person } from '../../protocol/people.ts'
import { calmed } from '../ui/calmed.ts'

/** An id is whatever somebody wrote: it must be found among people, not in what every object inherits. */
export const nameIn = (people: Readonly<Record<string, Person>>, id: string): string | undefined =>
  Object.hasOwn(people, id) ? people[id]?.name : undefined

/** A message as it is read aloud, copied and gone on writing: with everybody's newest name. */
export const plainWith = (people: Readonly<Record<string, Person>>, body: string): string =>
  plainOf(body, (id) => nameIn(people, id))

/** The same where it is read in a line, or aloud: without the signs that set it. */
export const saidWith = (people: Readonly<Record<string, Person>>, body: string): string =>
  plainWith(people, saidOf(calmed(body)))
