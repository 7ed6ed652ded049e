import { z } from 'zod'
import { NAME_LENGTH, LIST_PAGE } from './limits.ts'

export const PersonId = z.string().min(1).max(32)

/** Somebody, as everybody in the place sees them. */
export const Person = z
  .object({
    id: PersonId,
    /** Position of their newest change among all changes of people: a larger `rev` is the newer state. */
    rev: z.int().positive(),
    name: z.string(),
    /** `guest`: came without an account of this place, through the tutorial's protocol. */
    role: z.enum(['member', 'guest']),
    /** One of 96 looks: hue = tint modulo 12, angle = tint divided by 12. Handed out least used first, kept for life. */
    tint: z.int().min(0).max(95),
  })
  .meta({ id: 'Person', description: 'Somebody, as everybody in the place sees them.' })
export type Person = z.infer<typeof Person>

/** Names are trimmed and normalised (NFKC) by the server; invisible and direction-changing characters are refused. */
export const PersonName = z
  .string()
  .min(1)
  .max(4 * NAME_LENGTH)

export const Rename = z.object({ name: PersonName })
export const GetPeople = z.object({ ids: z.array(PersonId).min(1).max(LIST_PAGE) })
export const ListPeople = z.object({
  /** Only people one of whose words begins with this. */
  query: z.string().max(64).default(''),
  /** Go on after this name, as the last answer's `next` gave it. */
  after: z.string().max(256).optional(),
})
export const SyncPeople = z.object({ since: z.int().min(0) })

export const peopleRequests = {
  'people:rename': {
    summary: 'Change one’s own name. Old messages follow, because they know their author and not the name.',
    input: Rename,
    output: Person,
  },
  'people:get': {
    summary: 'The newest state of these people. Unknown ids are left out.',
    input: GetPeople,
    output: z.array(Person),
  },
  'people:list': {
    summary: 'People of the place by name, in pages.',
    input: ListPeople,
    output: z.object({ people: z.array(Person), next: z.string().nullable() }),
  },
  'people:sync': {
    summary: 'Everybody who changed after `since`, oldest change first, in pages; `rev` is how far this page reaches.',
    input: SyncPeople,
    output: z.object({ people: z.array(Person), rev: z.int(), more: z.boolean() }),
  },
}

export const peopleEvents = {
  'people:changed': {
    summary:
      'People who changed. Covers the changes after `after` up to `rev`; a client whose cursor is below `after` asks `people:sync`.',
    payload: z.object({ after: z.int(), rev: z.int(), people: z.array(Person) }),
  },
}
