import { z } from 'zod'
import { ROLES } from './choices.ts'
import { NAME_LENGTH, LIST_PAGE } from './limits.ts'
import { madeUp } from './text.ts'

export const PersonId = madeUp(32)

/**
 * `owner` and `admin` look after the place. `guest` sees only the rooms they were invited to. `visitor` came through the
 * tutorial's protocol, under a name that proves nothing, and hears the default room alone. `bot` is a program.
 */
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

/** What somebody is doing, in their words. */
export const Status = z.object({
  /** One, or none. */
  emoji: z.string(),
  text: z.string(),
  /** When it ends by itself: milliseconds since the Unix epoch, by the server's clock. Without one it stays. */
  until: z.int().optional(),
})
export type Status = z.infer<typeof Status>

/** Somebody, as everybody in the place sees them. */
export const Person = z
  .object({
    id: PersonId,
    /** Position of their newest change among all changes of people: a larger `rev` is the newer state. */
    rev: z.int().positive(),
    name: z.string(),
    role: Role,
    /** Removed from the place: what they wrote stays. */
    gone: z.boolean(),
    /** One of 96 looks: hue = tint modulo 12, angle = tint divided by 12. Handed out least used first, kept for life. */
    tint: z.int().min(0).max(95),
    // A thousand people are told at once: what somebody does not say of themselves is left out.
    /** Pronouns, a title: one short line. */
    about: z.string().optional(),
    status: Status.optional(),
    /** Their time zone, as IANA calls it. */
    zone: z.string().optional(),
    /** The hash of their picture, which is at /api/pictures/<hash>. Without one their tile is shown. */
    picture: z.string().optional(),
  })
  .meta({ id: 'Person', description: 'Somebody, as everybody in the place sees them.' })
export type Person = z.infer<typeof Person>

/** Names are trimmed and normalised (NFKC) by the server; invisible and direction-changing characters are refused. */
export const PersonName = z
  .string()
  .min(1)
  .max(4 * NAME_LENGTH)

export const Rename = z.object({ name: PersonName })
export const GetPeople = z.object({ ids: z.array(PersonId).max(LIST_PAGE) })
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
  'people:role': {
    summary: 'Give somebody another role. Owners give any, admins those below their own. The last owner stays owner.',
    input: z.object({ personId: PersonId, role: z.enum(['owner', 'admin', 'member', 'guest']) }),
    output: Person,
  },
  'people:remove': {
    summary:
      'Remove somebody from the place: signed out everywhere, in no room, at once. What they wrote stays. For owners and admins, of those below them.',
    input: z.object({ personId: PersonId }),
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
  'people:seen': {
    summary:
      'When these people were last here, to the hour: milliseconds since the Unix epoch, by the server’s clock. Without those who are signed in nowhere. For owners and admins.',
    input: GetPeople,
    output: z.record(PersonId, z.int()),
  },
  'people:sync': {
    summary: 'Everybody who changed after `since`, oldest change first, in pages; `rev` is how far this page reaches.',
    input: SyncPeople,
    output: z.object({ people: z.array(Person), rev: z.int(), more: z.boolean() }),
  },
}

export const peopleEvents = {
  'people:removed': {
    summary: 'I was removed from the place. The connection ends.',
    payload: z.object({}),
  },
  'people:changed': {
    summary:
      'People who changed. Covers the changes after `after` up to `rev`; a client whose cursor is below `after` asks `people:sync`.',
    payload: z.object({ after: z.int(), rev: z.int(), people: z.array(Person) }),
  },
}
