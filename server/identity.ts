import { parseCookie, stringifySetCookie } from 'cookie'
import type { Config } from './config.ts'
import type { Person } from '../protocol/people.ts'
import type { Store } from './store/store.ts'

/** Ten years: nobody should lose their name because they did not look in for a while. */
const maxAge = 10 * 365 * 24 * 60 * 60

/** Behind https the cookie is bound to the very host, and never sent without encryption. */
const isSecure = ({ ORIGIN }: Pick<Config, 'ORIGIN'>) =>
  ORIGIN.length > 0 && ORIGIN.every((origin) => origin.startsWith('https:'))
const cookieName = (config: Pick<Config, 'ORIGIN'>, kind: 'member' | 'guest') =>
  `${isSecure(config) ? '__Host-' : ''}natter${kind === 'guest' ? '_guest' : ''}`

/** The header that makes a browser remember this token. Page scripts cannot read it, other sites cannot send it. */
export function rememberToken(config: Pick<Config, 'ORIGIN'>, kind: 'member' | 'guest', token: string): string {
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

export function readToken(
  config: Pick<Config, 'ORIGIN'>,
  kind: 'member' | 'guest',
  header: string | undefined,
): string | null {
  const token = header === undefined ? undefined : parseCookie(header)[cookieName(config, kind)]
  return token && token.length <= 64 ? token : null
}

/** Which member a request's cookie belongs to. A guest's token is none: guests come under a name that proves nothing. */
export async function whoIs(
  store: Store,
  config: Pick<Config, 'ORIGIN'>,
  header: string | undefined,
): Promise<Person | null> {
  const token = readToken(config, 'member', header)
  const person = token === null ? null : await store.sessions.find(token)
  return person?.role === 'member' ? person : null
}
