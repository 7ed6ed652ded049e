import { z } from 'zod'
import { PASSWORD_LEAST, PASSWORD_MOST } from './limits.ts'
import { PersonId } from './people.ts'

/** At least ten characters, which the server counts and says so in words. */
export const Password = z.string().min(1).max(PASSWORD_MOST)

/** Base64url. */
const Bytes = z
  .string()
  .max(16_384)
  .regex(/^[\w-]*$/)

const credential = {
  id: Bytes.min(1),
  rawId: Bytes.min(1),
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
}

/** What a browser answers that was asked for a passkey: PublicKeyCredential.toJSON() of an assertion. */
export const Assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: Bytes,
    authenticatorData: Bytes,
    signature: Bytes,
    userHandle: Bytes.nullish(),
  }),
})
export type Assertion = z.infer<typeof Assertion>

/** What a browser answers that was asked to make one. */
export const Attestation = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: Bytes,
    attestationObject: Bytes,
    transports: z.array(z.string().max(32)).max(16).optional(),
  }),
})
export type Attestation = z.infer<typeof Attestation>

/** That it is oneself who asks, and not somebody who has found the browser: needed as soon as there is a way of signing in. */
export const Proof = z.union([z.object({ password: Password }), z.object({ passkey: Assertion })])
export type Proof = z.infer<typeof Proof>

/** What navigator.credentials wants to be given, as JSON: https://www.w3.org/TR/webauthn-3/ */
const Options = z.object({ options: z.looseObject({}) })

/** A code is there the first time alone: it is kept as a hash, and never shown again. */
const MaybeCode = z.object({ code: z.string().nullable() })

export const Passkey = z
  .object({
    id: z.string(),
    /** How the device called itself that made it (User-Agent). */
    agent: z.string(),
    createdAt: z.int(),
    usedAt: z.int().nullable(),
  })
  .meta({ id: 'Passkey', description: 'A key that a device keeps, and that signs in without a name.' })
export type Passkey = z.infer<typeof Passkey>

export const Account = z
  .object({
    hasPassword: z.boolean(),
    hasCode: z.boolean(),
    passkeys: z.array(Passkey),
    /** What people call the provider of single sign-on, and whether one signs in by it; null where there is none. */
    signOn: z.object({ name: z.string(), linked: z.boolean() }).nullable(),
  })
  .meta({ id: 'Account', description: 'By what somebody can sign in.' })
export type Account = z.infer<typeof Account>

export const accountRequests = {
  'account:get': {
    summary: 'By what one can sign in.',
    input: z.object({}),
    output: Account,
  },
  'account:prove': {
    summary: 'What the browser is asked for a passkey that goes into a proof. It holds once, for five minutes.',
    input: z.object({}),
    output: Options,
  },
  'account:password': {
    summary: `Set or change one’s password, of ${PASSWORD_LEAST} to ${PASSWORD_MOST} characters. Ends all other sessions. The first time, a recovery code is in the answer.`,
    input: z.object({ password: Password, proof: Proof.optional() }),
    output: MaybeCode,
  },
  'account:passkeyOptions': {
    summary: 'What the browser is asked to make a passkey of. It holds once, for five minutes.',
    input: z.object({ proof: Proof.optional() }),
    output: Options,
  },
  'account:passkey': {
    summary: 'Keep the passkey that the browser has made. The first time, a recovery code is in the answer.',
    input: z.object({ made: Attestation }),
    output: MaybeCode,
  },
  'account:signOn': {
    summary:
      'Where the browser goes to sign in with the provider as well (single sign-on). It is sent back to /sso within fifteen minutes.',
    input: z.object({ proof: Proof.optional() }),
    output: z.object({ url: z.string() }),
  },
  'account:remove': {
    summary: 'Remove a way of signing in. The last one stays.',
    input: z.object({
      way: z.union([
        z.object({ type: z.literal('password') }),
        z.object({ type: z.literal('passkey'), id: z.string().min(1).max(2_048) }),
        z.object({ type: z.literal('sso') }),
      ]),
      proof: Proof.optional(),
    }),
    output: z.object({}),
  },
  'account:code': {
    summary: 'Make a new recovery code. The one before is void.',
    input: z.object({ proof: Proof.optional() }),
    output: z.object({ code: z.string() }),
  },
  'account:link': {
    summary:
      'A token by which somebody sets a new password, once, within a day; they are signed out everywhere then. One made before is void. In a link it stands behind the “#”: /reset#<token>. For owners and admins, of those below them.',
    input: z.object({ personId: PersonId }),
    output: z.object({ token: z.string(), expiresAt: z.int() }),
  },
}
