import type { Configuration } from 'openid-client'
import { z } from 'zod'
import { Refusal } from '../../protocol/errors.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Identity } from '../store/identities.ts'
import { createTickets } from './tickets.ts'

/** Seldom needed: not before somebody signs in by it. */
const library = () => import('openid-client')

/** As long as somebody may take at the provider. Milliseconds. */
const TICKET_MS = 15 * 60_000
/** Seconds that the provider has for an answer. */
const TIMEOUT = 10

/** What somebody set out for: another way of signing in as who they are, or to come in. */
const Aim = z.union([z.object({ personId: z.string() }), z.object({ invite: z.string().optional() })])
export type Aim = z.infer<typeof Aim>
/** Who has come back. `names`: what the provider calls them, the best first. */
export type Vouched = { aim: Aim; identity: Identity; names: () => Promise<string[]> }

/** What is kept of whoever is on their way. */
const schema = z.object({ who: z.string(), aim: Aim, redirect: z.string(), verifier: z.string(), nonce: z.string() })

/**
 * Single sign-on: a provider vouches for people by OpenID Connect, with the authorisation code flow and PKCE.
 * https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth
 */
export function createSignOn(config: Config, issuer: string, log: Log, cluster: Cluster) {
  const { OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET, OIDC_NAME } = config
  const name = OIDC_NAME ?? new URL(issuer).host
  const tickets = createTickets({ kind: 'sso', schema, lasting: TICKET_MS, cluster })
  let discovered: Promise<Configuration> | undefined

  async function discover(): Promise<Configuration> {
    const { discovery, allowInsecureRequests } = await library()
    // Only this machine's own addresses come here without https: see the configuration.
    const execute = issuer.startsWith('http:') ? [allowInsecureRequests] : []
    const options = { execute, timeout: TIMEOUT }
    const found = await discovery(new URL(issuer), OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, undefined, options)
    // People are known by it: a slash more or less would be another provider, and some lead to any of many.
    const said = found.serverMetadata().issuer
    if (said !== issuer) throw new Error(`It calls itself ${said}: set OIDC_ISSUER to exactly that.`)
    return found
  }

  async function provider(): Promise<Configuration> {
    discovered ??= discover()
    try {
      return await discovered
    } catch (error) {
      // It may have been away: the next one asks again.
      discovered = undefined
      log.warn('provider not reached', { issuer, error: String(error) })
      throw new Refusal('internal', `${name} cannot be reached just now. Try again in a moment.`)
    }
  }

  return {
    name,
    issuer,

    /**
     * Where a browser goes. `who` must be the same when it comes back: another's way in must lead nobody in. It is the session of who
     * adds another way of signing in, and the mark of the browser of who comes in.
     */
    async begin(origin: string, who: string, aim: Aim): Promise<string> {
      const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier } = await library()
      const asked = await provider()
      const [verifier, nonce, redirect] = [randomPKCECodeVerifier(), randomNonce(), `${origin}/sso`]
      const url = buildAuthorizationUrl(asked, {
        redirect_uri: redirect,
        scope: 'openid profile',
        state: await tickets.make({ who, aim, redirect, verifier, nonce }),
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
      return url.href
    },

    /** `query`: with what the provider has sent the browser back, and whose that is. */
    async finish(query: string, theirs: { session: string | null; browser: string | null }): Promise<Vouched> {
      const { AuthorizationResponseError, authorizationCodeGrant, fetchUserInfo } = await library()
      const state = new URLSearchParams(query).get('state') ?? ''
      const ticket = await tickets.take(state)
      // A mark is what a browser says of itself, so it never stands in for a session.
      const who = ticket && ('personId' in ticket.aim ? theirs.session : theirs.browser)
      if (!ticket || ticket.who !== who)
        throw new Refusal('unauthorized', 'This took too long, or was begun in another browser. Begin again.')
      const { aim, redirect, verifier, nonce } = ticket
      const back = new URL(redirect)
      back.search = query
      try {
        const asked = await provider()
        const tokens = await authorizationCodeGrant(asked, back, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
        })
        const claims = tokens.claims()
        if (!claims) throw new Error('There is no ID token.')
        // Many providers tell names only to who asks for them.
        const names = async () => {
          const more = await fetchUserInfo(asked, tokens.access_token, claims.sub).catch((error: unknown) => {
            log.warn('names not told', { issuer, error: String(error) })
          })
          return namesIn({ ...claims, ...more })
        }
        return { aim, identity: { issuer: claims.iss, subject: claims.sub }, names }
      } catch (error) {
        if (error instanceof Refusal) throw error
        if (error instanceof AuthorizationResponseError) throw new Refusal('forbidden', `${name} did not sign you in.`)
        log.warn('provider not understood', { issuer, error: String(error) })
        throw new Refusal('unauthorized', `${name} could not say who you are. Try again.`)
      }
    },
  }
}

export type SignOn = ReturnType<typeof createSignOn>

export function mustHaveProvider({ guards }: { guards: { signOn: SignOn | null } }): SignOn {
  if (!guards.signOn) throw new Refusal('not_found', 'There is no single sign-on here.')
  return guards.signOn
}

/** https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims */
const namesIn = (claims: Record<string, unknown>): string[] =>
  ['name', 'nickname', 'preferred_username', 'given_name'].flatMap((claim) => {
    const said = claims[claim]
    return typeof said === 'string' && said.trim() !== '' ? [said.trim()] : []
  })
