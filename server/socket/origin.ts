import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Refusal } from '../../protocol/errors.ts'
import type { Config } from '../config.ts'

/** For whoever came by an address that Natter does not know, and for whoever can tell it. */
export const notOurs = 'This address is not one of Natter’s. Whoever runs it can name it in ORIGIN.'

/**
 * Whether a request comes from one of our own pages, or from a program that is no browser. A browser always says where a
 * cross-site request comes from (Origin), or at least how far (Sec-Fetch-Site); who says neither may not bring a cookie.
 */
export function isOurs(
  { method, headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  config: Pick<Config, 'ORIGIN' | 'HOST'>,
): boolean {
  const { origin, host, cookie } = headers
  const site = headers['sec-fetch-site']
  // A name on the internet can be made to lead here (DNS rebinding). Whoever listens only to this machine goes by its names.
  if (config.ORIGIN.length === 0 && isLocal(config.HOST) && !isLocal(nameOf(host))) return false
  if (origin !== undefined) {
    if (config.ORIGIN.length > 0) return config.ORIGIN.includes(origin)
    return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
  }
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  // Without https a browser says neither of a GET to the page's own site. It changes nothing, and other sites cannot read it.
  return cookie === undefined || (method === 'GET' && headers.upgrade === undefined)
}

export function mustBeOurs(...asked: Parameters<typeof isOurs>): void {
  if (!isOurs(...asked)) throw new Refusal('forbidden', notOurs)
}

/** The address that people see, as far as it was let through. A browser names none where it only reads from its own, as when it polls. */
export const originOf = ({ origin, host }: IncomingHttpHeaders, { ORIGIN }: Pick<Config, 'ORIGIN'>): string =>
  origin ?? ORIGIN[0] ?? `http://${host ?? ''}`

/** The host without its port: `[::1]:3000` is `::1`. */
const nameOf = (host = ''): string => host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')

export const isLocal = (name: string): boolean => /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|::1)$/i.test(name)
