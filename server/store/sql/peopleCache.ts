import type { Person } from '../../../protocol/people.ts'
import type { Commit } from '../store.ts'

/** Most people who are remembered; beyond, all are forgotten and asked for anew. */
const MOST = 20_000

/**
 * People are asked for a thousand at a time whenever somebody connects, and change seldom: each is read once, and then as
 * every commit tells.
 */
export function createPeopleCache(read: (ids: readonly string[]) => Promise<Person[]>) {
  const known = new Map<string, Person>()
  const remember = (person: Person) => {
    // What was read before a commit may arrive after it was told.
    if ((known.get(person.id)?.rev ?? 0) < person.rev) known.set(person.id, person)
  }
  return {
    /** What was told meanwhile may never be heard. */
    forget: () => known.clear(),
    committed({ people }: Commit): void {
      if (known.size > MOST) known.clear()
      for (const person of people?.people ?? []) remember(person)
    },
    async get(ids: readonly string[]): Promise<Person[]> {
      const missing = ids.filter((id) => !known.has(id))
      const found = new Map(missing.length > 0 ? (await read(missing)).map((person) => [person.id, person]) : [])
      for (const person of found.values()) remember(person)
      return [...new Set(ids)].flatMap((id) => known.get(id) ?? found.get(id) ?? [])
    },
  }
}
