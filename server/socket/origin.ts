import type { IncomingHttpHeaders } from 'node:http'
import type { Config } from '../config.ts'

/**
 * Whether a request comes from one of our own pages, or from a program that is no browser. A browser always says where a
 * cross-site request comes from (Origin), or at least how far (Sec-Fetch-Site); who says neither may not bring a cookie.
 */
export function isOurs(headers: IncomingHttpHeaders, config: Pick<Config, 'ORIGIN'>): boolean {
  const { origin, host, cookie } = headers
  const site = headers['sec-fetch-site']
  if (origin !== undefined) {
    if (config.ORIGIN.length > 0) return config.ORIGIN.includes(origin)
    return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
  }
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  return cookie === undefined
}
