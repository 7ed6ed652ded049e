import { z } from 'zod'
import { ABOUT_LENGTH, DAY, ENDS_DAYS, STATUS_LENGTH } from './limits.ts'
import { Person } from './people.ts'
import { text } from './text.ts'
import { Zone } from './zone.ts'

/** From now on, so that it does not depend on the clock of who asks; null for no end. */
export const Lasting = z
  .int()
  .min(1_000)
  .max(ENDS_DAYS * DAY)
  .nullable()

const Emoji = z.string().regex(/^(?:\p{RGI_Emoji})?$/v, 'A status has one emoji, or none.')

export const ChangeProfile = z.object({
  about: text(ABOUT_LENGTH).nullable().optional(),
  status: z
    .object({ emoji: Emoji.default(''), text: text(STATUS_LENGTH).default(''), milliseconds: Lasting.default(null) })
    .nullable()
    .optional(),
  zone: Zone.nullable().optional(),
})

export const profileRequests = {
  'profile:change': {
    summary:
      'Say something of oneself: only what is given changes, and null takes it away. A status ends by itself after its `milliseconds`. One’s picture is sent as the body of PUT /api/me/picture, and taken away by DELETE.',
    input: ChangeProfile,
    output: Person,
  },
}
