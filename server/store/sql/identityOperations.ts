import { Refusal } from '../../../protocol/errors.ts'
import type { Identity } from '../identities.ts'
import type { Store } from '../store.ts'
import { hereOf } from './authority.ts'
import type { Database } from './database.ts'
import { keyOf, knownBy } from './identityReads.ts'
import type { InviteOperations } from './inviteOperations.ts'
import type { PeopleOperations } from './peopleOperations.ts'
import type { SessionOperations } from './sessionOperations.ts'

type Others = {
  people: PeopleOperations
  sessions: SessionOperations
  invites: InviteOperations
  firstCode: (personId: string) => string | null
}

/** By whom else people are known, and come in. */
export function createIdentityOperations(database: Database, { people, sessions, invites, firstCode }: Others) {
  const put = (personId: string, identity: Identity) =>
    database.run(
      'INSERT INTO identities (key, issuer, person_id, created_at) VALUES (?, ?, ?, ?)',
      keyOf(identity),
      identity.issuer,
      personId,
      Date.now(),
    )

  return {
    'identities.add'({ personId, sessionId, identity }: Parameters<Store['identities']['add']>[0]) {
      hereOf(database, personId)
      if (!database.get('SELECT 1 FROM sessions WHERE id = ? AND person_id = ?', sessionId, personId))
        throw new Refusal('unauthorized', 'You are not signed in here any more.')
      const known = knownBy(database, identity)
      if (known && known.id !== personId)
        throw new Refusal('conflict', 'Somebody else here signs in as this person already.')
      if (known) return { code: null }
      if (database.get('SELECT 1 FROM identities WHERE person_id = ? AND issuer = ?', personId, identity.issuer))
        throw new Refusal('conflict', 'You sign in as somebody else there already: remove that first.')
      put(personId, identity)
      return { code: firstCode(personId) }
    },

    'identities.enter'({ identity, agent, newcomer }: Parameters<Store['identities']['enter']>[0]) {
      const known = knownBy(database, identity)
      if (known?.gone) throw new Refusal('forbidden', 'You were removed from this place.')
      const begin = (personId: string) => sessions['sessions.create'](personId, { agent, way: 'sso' })
      if (known) return { person: known, token: begin(known.id) }
      if (!newcomer) throw new Refusal('unauthorized', 'Nobody here signs in as this person.')
      const { name, invite } = newcomer
      const person =
        invite === undefined ? people['people.create']({ name, role: 'member' }) : invites['invites.use'](invite, name)
      put(person.id, identity)
      return { person, token: begin(person.id) }
    },
  }
}
