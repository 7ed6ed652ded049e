import type { MySettings } from '../../protocol/settings.ts'
import type { Ending } from './profiles.ts'

export type OwnSettings = Ending & {
  /** What they have chosen, and of the rest what whoever has chosen nothing has. */
  get: (personId: string) => Promise<MySettings>
  /**
   * Only what is given. Private: told to nobody else, and forgotten with whoever is removed. Refused: `not_found`, also for who
   * is gone.
   */
  change: (personId: string, settings: Partial<MySettings>) => Promise<MySettings>
  /** Who is not to be disturbed, whether they are here or not. */
  busy: () => Promise<{ personId: string; until: number | null }[]>
}
