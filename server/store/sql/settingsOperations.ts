import type { MySettings } from '../../../protocol/settings.ts'
import { hereOf } from './authority.ts'
import type { Database } from './database.ts'
import type { Changes } from './gathering.ts'
import { settingsFor } from './settingsReads.ts'

/** What people have chosen for themselves. */
export function createSettingsOperations(database: Database, changes: Changes) {
  function change(personId: string, chosen: Partial<MySettings>): MySettings {
    const before = settingsFor(database, personId)
    const settings = { ...before, ...chosen }
    const text = JSON.stringify(settings)
    if (text === JSON.stringify(before)) return before
    database.run(
      'INSERT INTO settings (person_id, chosen) VALUES (?, ?) ON CONFLICT (person_id) DO UPDATE SET chosen = excluded.chosen',
      personId,
      text,
    )
    changes.alone({ personId, event: 'settings:changed', payload: settings })
    return settings
  }

  return {
    'settings.change'(personId: string, chosen: Partial<MySettings>): MySettings {
      hereOf(database, personId)
      return change(personId, chosen)
    },
    'settings.endUntil'(now: number): void {
      const ended = database.all(
        `SELECT person_id FROM settings WHERE chosen ->> '$.busy' IS NOT NULL AND chosen ->> '$.busy.until' <= ?`,
        now,
      )
      for (const row of ended) change(String(row['person_id']), { busy: null })
    },
  }
}
