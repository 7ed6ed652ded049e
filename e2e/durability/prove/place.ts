/** Why a check cannot even begin, in a sentence for whoever started it. */
export class Unprovable extends Error {}

/** Milliseconds until an address counts as silent. */
const PATIENCE = 15_000

/** Finds the Natter at an address that somebody typed, a link into one of its rooms too. Resolves to its origin. */
export async function findNatter(address: string, invite?: string): Promise<string> {
  const url = URL.parse(/^[a-z]+:\/\//i.test(address) ? address.replace(/^ws/i, 'http') : `http://${address}`)
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Unprovable(`"${address}" is not an address such as http://localhost:3000.`)
  }
  const { response, body } = await ask(`${url.origin}/api/place`)
  const place = response.ok ? (body as { place?: unknown; join?: unknown } | null) : null
  if (typeof place?.place !== 'object' || typeof place.join !== 'string') {
    throw new Unprovable(`There is no Natter at ${url.origin}.`)
  }
  if (place.join === 'closed') {
    throw new Unprovable(
      'This place is closed to newcomers (JOIN=closed), and the check needs a few people of its own.',
    )
  }
  if (place.join === 'invite' && invite === undefined) {
    throw new Unprovable('People come in here by invitation: make a link for a few people, and give it with --invite.')
  }
  // From http to https, say.
  return new URL(response.url).origin
}

/** Takes a name. Resolves to the cookie by which the server knows them again. */
export async function comeIn(origin: string, name: string, invite?: string): Promise<string> {
  const { response, body } = await ask(`${origin}/api/people`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, invite }),
  })
  const [cookie] = response.headers.getSetCookie()
  if (response.ok && cookie) return cookie.split(';', 1)[0] ?? ''
  const { message = `It answered with ${response.status}.` } =
    (body as { error?: { message?: string } } | null)?.error ?? {}
  throw new Unprovable(`${origin} lets nobody in: ${message}`)
}

async function ask(url: string, init: RequestInit = {}): Promise<{ response: Response; body: unknown }> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE) })
    const text = await response.text()
    return { response, body: parsed(text) }
  } catch (error) {
    const { cause = error } = error as Error
    const code = String((cause as { code?: unknown }).code ?? cause)
    const { origin } = new URL(url)
    throw new Unprovable(
      /CERT|SELF_SIGNED|ALTNAME|VERIFY/.test(code)
        ? `The certificate of ${origin} is not trusted here (${code}). NODE_EXTRA_CA_CERTS can name who signed it.`
        : `Nobody answers at ${origin} (${code}).`,
      { cause: error },
    )
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
