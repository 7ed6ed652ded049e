import { initialSettings } from '../../../protocol/choices.ts'
import type { MySettings } from '../../../protocol/settings.ts'
import type { OwnSettings } from '../settings.ts'
import type { Database } from './database.ts'

/** What was chosen before a choice was added lacks it. */
export function settingsFor(database: Database, personId: string): MySettings {
  const row = database.get('SELECT chosen FROM settings WHERE person_id = ?', personId)
  return { ...initialSettings, ...(JSON.parse(String(row?.['chosen'] ?? '{}')) as Partial<MySettings>) }
}

type SettingsReads = Pick<OwnSettings, 'get' | 'busy' | 'nextEnd'>

export function createSettingsReads(database: Database): SettingsReads {
  const busy = `FROM settings WHERE chosen ->> '$.busy' IS NOT NULL`
  return {
    get: async (personId) => settingsFor(database, personId),
    busy: async () =>
      database.all(`SELECT person_id, chosen ->> '$.busy.until' AS until ${busy}`).map((row) => ({
        personId: String(row['person_id']),
        until: row['until'] === null ? null : Number(row['until']),
      })),
    async nextEnd() {
      const at = database.get(`SELECT min(chosen ->> '$.busy.until') AS at ${busy}`)?.['at']
      return at == null ? null : Number(at)
    },
  }
}
