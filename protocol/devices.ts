import { z } from 'zod'
import { Person, PersonId } from './people.ts'

/** A browser, or a program, in which somebody is signed in. */
export const Device = z
  .object({
    id: z.string(),
    /** How it calls itself (User-Agent), at most 200 characters of it. */
    agent: z.string(),
    /** When it was signed in, and when it was last here, to the hour. Milliseconds since the Unix epoch, by the server's clock. */
    createdAt: z.int(),
    seenAt: z.int(),
    /**
     * How it was signed in: by taking a name, by a link from another device, by a password, passkey or recovery code, by a link that
     * somebody made who looks after the place, or by a provider’s word (single sign-on).
     */
    way: z.enum(['name', 'device', 'password', 'passkey', 'code', 'link', 'sso']),
    /** Who made that link; null for whoever runs the server. */
    madeBy: PersonId.nullable(),
    /** The one that asks. */
    current: z.boolean(),
  })
  .meta({ id: 'Device', description: 'A browser, or a program, in which somebody is signed in.' })
export type Device = z.infer<typeof Device>

export const deviceRequests = {
  'device:list': {
    summary: 'Where one is signed in, the newest 100, last seen first.',
    input: z.object({}),
    output: z.object({ devices: z.array(Device), people: z.array(Person) }),
  },
  'device:link': {
    summary:
      'A token that signs another device in as oneself: once, within ten minutes. One made before is void. In a link it stands behind the “#”: /here#<token>.',
    input: z.object({}),
    output: z.object({ token: z.string(), expiresAt: z.int() }),
  },
  'device:revoke': {
    summary: 'Sign out one of one’s devices. Its connections end at once. Twice is once.',
    input: z.object({ id: z.string().min(1).max(32) }),
    output: z.object({}),
  },
  'device:revokeOthers': {
    summary: 'Sign out all of one’s devices but the one that asks.',
    input: z.object({}),
    output: z.object({}),
  },
}
