import { Refusal } from '../protocol/errors.ts'
import type { Role } from '../protocol/people.ts'

const RANK: Record<Role, number> = { owner: 3, admin: 2, member: 1, bot: 1, guest: 0, visitor: 0 }

export const isAtLeast = (one: { role: Role }, role: Role): boolean => RANK[one.role] >= RANK[role]

export function mustBeAtLeast(me: { role: Role }, role: 'owner' | 'admin' | 'member'): void {
  const who = { owner: 'owners of the place', admin: 'owners and admins', member: 'members of the place' }[role]
  if (!isAtLeast(me, role)) throw new Refusal('forbidden', `Only ${who} may do that.`)
}

/** Owners stand above everybody, others above those below their own role. */
export const isAbove = (me: { role: Role }, role: Role): boolean => me.role === 'owner' || RANK[me.role] > RANK[role]

/** Nobody gives or takes what they do not have themselves: owners any role, others those below their own. */
export function mustBeAbove(me: { role: Role }, role: Role): void {
  if (!isAbove(me, role)) throw new Refusal('forbidden', 'That role is for those above it to give and to take.')
}
