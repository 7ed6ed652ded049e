import { Refusal } from '../../../protocol/errors.ts'
import type { Founded, Settings, Store } from '../store.ts'
import { audit } from './audit.ts'
import type { Database } from './database.ts'
import type { Changes } from './gathering.ts'
import type { PeopleOperations } from './peopleOperations.ts'
import { settingsOf } from './placeSettings.ts'
import { hasOwner, metaOf } from './queries.ts'
import type { SessionOperations } from './sessionOperations.ts'
import { hashOf, newToken } from './tokens.ts'

/** What changes the place as a whole, and how it gets its first owner. */
export function createPlaceOperations(
  database: Database,
  changes: Changes,
  people: PeopleOperations,
  sessions: SessionOperations,
) {
  const put = (key: string, value: string) =>
    database.run('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', key, value)

  function change({ name, join }: Partial<Settings>, by?: string): Settings {
    const before = settingsOf(database)
    if (name !== undefined) put('place_name', name.trim())
    if (join) put('join', join)
    const settings = settingsOf(database)
    changes.place(settings)
    for (const key of ['name', 'join'] as const)
      if (before[key] !== settings[key])
        audit(database, { action: 'place:change', by, details: { what: key, from: before[key], to: settings[key] } })
    return settings
  }

  return {
    'place.change': change,

    'place.ownerLink'(): string | null {
      if (hasOwner(database)) return null
      const token = newToken()
      put('owner_link', hashOf(token))
      return token
    },

    'place.found'({ token, placeName, who }: Parameters<Store['place']['found']>[0]): Founded {
      if (hasOwner(database) || metaOf(database, 'owner_link') !== hashOf(token))
        throw new Refusal('not_found', 'This link has stopped working. Start Natter again for a new one.')
      const owner =
        'id' in who
          ? people['people.setRole'](who.id, 'owner')
          : people['people.create']({ name: who.name, role: 'owner' })
      change({ name: placeName })
      database.run(`DELETE FROM meta WHERE key = 'owner_link'`)
      // In one step: an owner whom no browser knows would be nobody.
      const session = 'id' in who ? null : sessions['sessions.create'](owner.id, { agent: who.agent ?? '' })
      return { owner, session }
    },
  }
}
