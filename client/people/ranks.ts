import type { Person, Role } from '../../protocol/people.ts'
import type { Room } from '../../protocol/rooms.ts'

// As the server sees it, which is asked all the same.

const RANK: Record<Role, number> = { owner: 3, admin: 2, member: 1, bot: 1, guest: 0, visitor: 0 }

/** Looks after the place. */
export const looksAfter = (one: Pick<Person, 'role'> | null): boolean => one !== null && RANK[one.role] >= RANK.admin

/** Owners are above everybody, one another too. */
export const isAbove = (me: Person, role: Role): boolean => me.role === 'owner' || RANK[me.role] > RANK[role]

/** Looks after the room. */
export const manages = ({ kind, madeBy }: Pick<Room, 'kind' | 'madeBy'>, me: Person | null): boolean =>
  me !== null && kind !== 'direct' && (madeBy === me.id || looksAfter(me))
