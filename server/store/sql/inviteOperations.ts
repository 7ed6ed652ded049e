import { Refusal } from '../../../protocol/errors.ts'
import type { Invite } from '../../../protocol/invites.ts'
import type { Person } from '../../../protocol/people.ts'
import type { Store } from '../store.ts'
import { audit } from './audit.ts'
import { mustRule, noRoom } from './authority.ts'
import type { Database } from './database.ts'
import type { PeopleOperations } from './peopleOperations.ts'
import { invitesWhere, isIn, isUsable, roomRowOf } from './queries.ts'
import { newId } from './ids.ts'
import { hashOf, newToken } from './tokens.ts'

const dead = () => new Refusal('not_found', 'This link has stopped working. Ask whoever sent it for a new one.')
const noInvite = () => new Refusal('not_found', 'No such invitation.')

export type InviteOperations = ReturnType<typeof createInviteOperations>

/** Links by which people come in: who may use one, and how often, is decided where it is counted. */
export function createInviteOperations(
  database: Database,
  people: PeopleOperations,
  enter: (roomId: string, personId: string) => void,
) {
  function inviteOf(id: string): Invite {
    const [invite] = invitesWhere(database, 'id = ?', id)
    if (!invite) throw noInvite()
    return invite
  }

  /** The invitation with this token, and where it leads: not to an archived room, nor to one that its maker has left. */
  function usable(token: string): { invite: Invite; rooms: string[] } {
    const [invite] = invitesWhere(database, 'token_hash = ?', hashOf(token))
    if (!invite || !isUsable(invite)) throw dead()
    const rooms = invite.roomIds.filter(
      (roomId) => roomRowOf(database, roomId)?.['archived'] === 0 && isIn(database, roomId, invite.createdBy),
    )
    return { invite, rooms }
  }

  return {
    'invites.create'({ role, roomIds, uses, expiresAt, createdBy }: Parameters<Store['invites']['create']>[0]) {
      mustRule(database, createdBy, role)
      for (const roomId of roomIds) if (!roomRowOf(database, roomId)) throw noRoom()
      const [id, token] = [newId(), newToken(16)]
      database.run(
        `INSERT INTO invites (id, token_hash, role, room_ids, used, uses_left, expires_at, revoked, created_by, created_at)
         VALUES (?, ?, ?, ?, 0, ?, ?, 0, ?, ?)`,
        id,
        hashOf(token),
        role,
        JSON.stringify([...new Set(roomIds)]),
        uses,
        expiresAt,
        createdBy,
        Date.now(),
      )
      audit(database, { action: 'invite:create', by: createdBy, details: { invite: id, role, uses, until: expiresAt } })
      return { invite: inviteOf(id), token }
    },

    'invites.revoke'(id: string, by?: string): Invite {
      const before = inviteOf(id)
      if (before.revoked) return before
      audit(database, { action: 'invite:revoke', by, details: { invite: id } })
      database.run('UPDATE invites SET revoked = 1 WHERE id = ?', id)
      return inviteOf(id)
    },

    /** Somebody new comes by it. Counted in the same transaction, so that no two take its last use. */
    'invites.use'(token: string, name: string): Person {
      const { invite, rooms } = usable(token)
      // A guest who would be nowhere does not come in.
      if (invite.role === 'guest' && rooms.length === 0) throw dead()
      const { id, role } = invite
      const person = people['people.create']({ name, role, inviteId: id })
      database.run('UPDATE invites SET used = used + 1, uses_left = uses_left - 1 WHERE id = ?', id)
      for (const roomId of rooms) enter(roomId, person.id)
      return person
    },

    'invites.accept'(token: string, personId: string): void {
      const { invite, rooms } = usable(token)
      const others = rooms.filter((roomId) => !isIn(database, roomId, personId))
      if (others.length === 0) return
      database.run('UPDATE invites SET used = used + 1, uses_left = uses_left - 1 WHERE id = ?', invite.id)
      for (const roomId of others) enter(roomId, personId)
    },
  }
}
