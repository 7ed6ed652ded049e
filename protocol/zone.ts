import { z } from 'zod'

/** As IANA calls it: Europe/Lisbon. Whether there is one of this name says the clock of this machine. */
export const Zone = z
  .string()
  .max(64)
  .refine((zone) => {
    try {
      void new Intl.DateTimeFormat('en', { timeZone: zone })
      // An offset such as +02:00 is none: it would be wrong half of the year.
      return /^[A-Z]/.test(zone)
    } catch {
      return false
    }
  }, 'There is no such time zone.')
