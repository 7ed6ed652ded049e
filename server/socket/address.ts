import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'
import type { Config } from '../config.ts'

/** Where a request comes from: the other end of its connection, or what the trusted proxies in between say. */
export const addressOf = (request: IncomingMessage, { TRUST_PROXY }: Pick<Config, 'TRUST_PROXY'>): string =>
  proxyAddr(request, TRUST_PROXY)
