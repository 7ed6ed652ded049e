import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '../protocol/errors.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'

/** The name of one request: short enough to be read out to whoever looks into the log. */
export const newRequestId = (): string => randomBytes(5).toString('hex')

/** What a request over HTTP is called: as our own proxy calls it already, so that both logs can be read together. */
export function requestIdOf(
  { headers, socket }: IncomingMessage,
  { TRUST_PROXY }: Pick<Config, 'TRUST_PROXY'>,
): string {
  const given = headers['x-request-id']
  const isProxy = TRUST_PROXY(socket.remoteAddress ?? '', 0)
  return isProxy && typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : newRequestId()
}

/** Names every request in its answer, and where everything is told also in the log: without its query, which may be a secret. */
export function nameRequests({ config, log }: { config: Config; log: Log }) {
  const tellsAll = config.LOG_LEVEL === 'debug'
  return (request: IncomingMessage & { path: string }, response: ServerResponse, next: () => void) => {
    const requestId = requestIdOf(request, config)
    response.setHeader('X-Request-Id', requestId)
    if (tellsAll) {
      const { method, path } = request
      const since = performance.now()
      response.once('close', () => {
        const ms = Math.round(performance.now() - since)
        log.debug('answered', { requestId, method, path, status: response.statusCode, ms })
      })
    }
    next()
  }
}

/** A mistake of ours: logged once, under the name by which whoever ran into it can ask for it. */
export function mistake(log: Log, facts: { requestId: string } & Record<string, unknown>, error: unknown): Refusal {
  log.error('request failed', { ...facts, error: String(error) })
  return new Refusal('internal', `Something went wrong on the server. In its log it is called ${facts.requestId}.`)
}
