import type { IncomingHttpHeaders } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'
import { Refusal } from '../protocol/errors.ts'
import type { Config } from './config.ts'
import type { Person } from '../protocol/people.ts'
import type { Store } from './store/store.ts'

/** Ten years: nobody should lose their name because they did not look in for a while. */
const maxAge = 10 * 365 * 24 * 60 * 60

/** Behind https the cookie is bound to the very host, and never sent without encryption. */
const isSecure = ({ ORIGIN }: Pick<Config, 'ORIGIN'>) =>
  ORIGIN.length > 0 && ORIGIN.every((origin) => origin.startsWith('https:'))
/** Who somebody is; a visitor under a name that proves nothing; and a browser that somebody signed in from, whoever. */
type Kind = 'member' | 'visitor' | 'browser'
const cookieName = (config: Pick<Config, 'ORIGIN'>, kind: Kind) =>
  `${isSecure(config) ? '__Host-' : ''}natter${kind === 'member' ? '' : `_${kind}`}`

/** The header that makes a browser remember this token. Page scripts cannot read it, other sites cannot send it. */
export function rememberToken(config: Pick<Config, 'ORIGIN'>, kind: Kind, token: string): string {
  return stringifySetCookie({
    name: cookieName(config, kind),
    value: token,
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(config),
    path: '/',
    maxAge,
  })
}

export function readToken(config: Pick<Config, 'ORIGIN'>, kind: Kind, header: string | undefined): string | null {
  const token = header === undefined ? undefined : parseCookie(header)[cookieName(config, kind)]
  return token && token.length <= 64 ? token : null
}

/** The header that makes a browser forget it. */
export const forgetToken = (config: Pick<Config, 'ORIGIN'>): string =>
  stringifySetCookie({
    name: cookieName(config, 'member'),
    value: '',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(config),
    path: '/',
    maxAge: 0,
  })

/** The session that a request's cookie belongs to. A visitor's token is none: they come under a name that proves nothing. */
export async function sessionOf(store: Store, config: Pick<Config, 'ORIGIN'>, header: string | undefined) {
  const token = readToken(config, 'member', header)
  const session = token === null ? null : await store.sessions.find(token)
  return session && session.person.role !== 'visitor' ? session : null
}

/** Whose it is. */
export async function whoIs(
  store: Store,
  config: Pick<Config, 'ORIGIN'>,
  header: string | undefined,
): Promise<Person | null> {
  return (await sessionOf(store, config, header))?.person ?? null
}

export async function mustBeSignedIn(...asked: Parameters<typeof whoIs>): Promise<Person> {
  const person = await whoIs(...asked)
  if (!person) throw new Refusal('unauthorized', 'Nobody is signed in here.')
  return person
}

/** How a browser calls itself, so that its person tells it from their others. */
export const agentOf = ({ headers }: { headers: IncomingHttpHeaders }): string =>
  (headers['user-agent'] ?? '').slice(0, 200)
