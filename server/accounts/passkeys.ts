import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import { Refusal } from '../../protocol/errors.ts'
import type { Person } from '../../protocol/people.ts'
import type { Assertion, Attestation } from '../../protocol/accounts.ts'
import type { Config } from '../config.ts'
import { originOf } from '../socket/origin.ts'
import type { StoredPasskey } from '../store/accounts.ts'
import { CHALLENGE_MS } from './challenges.ts'

/** Seldom needed, and a third of a second to load: not before the first passkey. */
const library = () => import('@simplewebauthn/server')

/** Ed25519, P-256 and RSA: what browsers have. https://www.iana.org/assignments/cose */
const ALGORITHMS = [-8, -7, -257]

/** Which site a passkey is for: the address that people see, as far as it was let through as one of ours. */
export type Site = { origin: string; host: string }

/** Throws where browsers make no passkeys. */
export function siteOf(headers: IncomingHttpHeaders, config: Pick<Config, 'ORIGIN'>): Site {
  const url = URL.parse(originOf(headers, config))
  if (!url || isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0)
    throw new Refusal('forbidden', 'Passkeys need an address with a name, such as https://chat.example.org.')
  return { origin: url.origin, host: url.hostname }
}

const notGood = () => new Refusal('unauthorized', 'This passkey could not be checked. Try again.')

/** What a browser is asked to make a passkey of: one that is found without a name. */
export async function creationOptions(
  site: Site,
  place: string,
  me: Person,
  passkeys: StoredPasskey[],
  challenge: string,
) {
  const { generateRegistrationOptions } = await library()
  return generateRegistrationOptions({
    rpName: place,
    rpID: site.host,
    userName: me.name,
    userDisplayName: me.name,
    userID: new Uint8Array(Buffer.from(me.id)),
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: passkeys.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
  })
}

/** Without passkeys: whichever the device has for this place. */
export async function requestOptions(site: Site, challenge: string, passkeys: StoredPasskey[] = []) {
  const { generateAuthenticationOptions } = await library()
  return generateAuthenticationOptions({
    rpID: site.host,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout: CHALLENGE_MS,
    userVerification: 'preferred',
    allowCredentials: passkeys.map(({ id, transports }) => ({ id, transports })),
  })
}

type Take = (challenge: string) => Promise<boolean>

/** `take`: whether the challenge is one that was made for this. Throws `unauthorized` for what does not hold. */
export async function checkNew(site: Site, response: Attestation, take: Take) {
  const { verifyRegistrationResponse } = await library()
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: response as Parameters<typeof verifyRegistrationResponse>[0]['response'],
    expectedChallenge: take,
    expectedOrigin: site.origin,
    expectedRPID: site.host,
    requireUserVerification: false,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => {
    throw notGood()
  })
  if (!verified) throw notGood()
  const { id, publicKey, counter, transports } = registrationInfo.credential
  return { id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports: transports ?? [] }
}

/** Resolves to how often the passkey was used by now. */
export async function checkUsed(
  site: Site,
  response: Assertion,
  passkey: StoredPasskey | null,
  take: Take,
): Promise<number> {
  const { verifyAuthenticationResponse } = await library()
  if (!passkey || !belongsTo(response, passkey)) throw notGood()
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
    expectedChallenge: take,
    expectedOrigin: site.origin,
    expectedRPID: site.host,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
    },
    requireUserVerification: false,
  }).catch(() => {
    throw notGood()
  })
  if (!verified) throw notGood()
  return authenticationInfo.newCounter
}

const belongsTo = ({ id, response: { userHandle } }: Assertion, passkey: StoredPasskey): boolean =>
  id === passkey.id && (!userHandle || Buffer.from(userHandle, 'base64url').toString() === passkey.personId)
