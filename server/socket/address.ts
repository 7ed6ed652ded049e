import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'
import type { Config } from '../config.ts'

/** Where a request comes from: the other end of its connection, or what the trusted proxies in between say. */
export const addressOf = (request: IncomingMessage, { TRUST_PROXY }: Pick<Config, 'TRUST_PROXY'>): string =>
  proxyAddr(request, TRUST_PROXY)

/** Where a request comes from, as bans and limits count it. */
export const neighbourhoodFrom = (request: IncomingMessage, config: Pick<Config, 'TRUST_PROXY'>): string =>
  neighbourhoodOf(addressOf(request, config))

/** As what a limit counts whoever is not signed in: never to be taken for a person's id. */
export const sourceOf = (request: IncomingMessage, config: Pick<Config, 'TRUST_PROXY'>): string =>
  `address ${neighbourhoodFrom(request, config)}`

/** As far as limits go, everybody in an IPv6 network of the usual size is one: its owner has 2^64 addresses to choose from. */
export function neighbourhoodOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail] = address.split('::')
  const before = head.split(':').filter(Boolean)
  const after = (tail ?? '').split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return [...before, ...zeros, ...after].slice(0, 4).join(':')
}
