import { z } from 'zod'
import { Zone } from './zone.ts'

/** A time of day, in minutes after midnight. */
const Minute = z
  .int()
  .min(0)
  .max(24 * 60 - 1)

/** What somebody chooses for themselves alone. Another choice is a line here, and one in `initialSettings` (choices.ts). */
const choices = {
  /** Whether others see when I am writing; if not, I do not see it of them either. */
  showsTyping: z.boolean(),
  /** Whether notifications show what was written. */
  showsWords: z.boolean(),
  /** When none are sent, by the clock of a time zone; over midnight where `to` is the earlier one. */
  quiet: z.object({ from: Minute, to: Minute, zone: Zone }).nullable(),
}

/** My own settings. Nobody else learns of them; of `busy` they see that it is so. */
export const MySettings = z
  .object({
    ...choices,
    /** I am not to be disturbed, until then: milliseconds since the Unix epoch, by the server's clock; null for no end. */
    busy: z.object({ until: z.int().nullable() }).nullable(),
  })
  .meta({ id: 'MySettings', description: 'What somebody has chosen for themselves. Nobody else learns of it.' })
export type MySettings = z.infer<typeof MySettings>

export const ChangeSettings = z.object(choices).partial()
export type ChangeSettings = z.infer<typeof ChangeSettings>

export const settingsRequests = {
  'settings:change': {
    summary: 'Choose something for oneself, on all devices. Only what is given changes.',
    input: ChangeSettings,
    output: MySettings,
  },
}

export const settingsEvents = {
  'settings:changed': { summary: 'I have chosen something, on this device or another.', payload: MySettings },
}
