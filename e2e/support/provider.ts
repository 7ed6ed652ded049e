import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** Who signs in at it. */
type Somebody = { subject: string; name?: string; nickname?: string }

const client = { client_id: 'natter', client_secret: 'known to both' }

/**
 * A provider of OpenID Connect on this machine that asks nobody anything: whoever is sent to it is signed in as who `become` last
 * named, and as nobody is sent back without.
 */
export async function startProvider() {
  const people = new Map<string, Somebody>()
  let current: Somebody | null = null
  let handle = (_: IncomingMessage, response: ServerResponse) => void response.writeHead(503).end()
  const server = createServer((request, response) => handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  /** From now on, for the people of the Natter at this address. */
  function serve(url: string): void {
    const provider = new Provider(issuer, {
      clients: [{ ...client, redirect_uris: [`${url}/sso`] }],
      claims: { openid: ['sub'], profile: ['name', 'nickname'] },
      cookies: { keys: ['only for tests'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, accountId) => ({
        accountId,
        claims: async () => ({ ...people.get(accountId), sub: accountId }),
      }),
    })
    const callback = provider.callback()

    async function answer(...exchange: [IncomingMessage, ServerResponse]): Promise<void> {
      const { prompt, params } = await provider.interactionDetails(...exchange)
      if (!current) return provider.interactionFinished(...exchange, { error: 'access_denied' })
      const accountId = current.subject
      if (prompt.name === 'login') return provider.interactionFinished(...exchange, { login: { accountId } })
      const grant = new provider.Grant({ accountId, clientId: String(params['client_id']) })
      grant.addOIDCScope('openid profile')
      return provider.interactionFinished(...exchange, { consent: { grantId: await grant.save() } })
    }

    handle = (request, response) =>
      request.url?.startsWith('/interaction/')
        ? void answer(request, response).catch(() => response.writeHead(500).end())
        : void callback(request, response)
  }

  return {
    issuer,
    /** How a Natter is configured that asks it. */
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: client.client_id,
      OIDC_CLIENT_SECRET: client.client_secret,
      OIDC_NAME: 'Example',
    },
    serve,
    become(next: Somebody | null): void {
      current = next
      if (next) people.set(next.subject, next)
    },
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
