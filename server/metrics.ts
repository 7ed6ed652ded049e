import { createHash, timingSafeEqual } from 'node:crypto'
import { Router } from 'express'
import { Refusal } from '../protocol/errors.ts'
import type { Listeners, Place } from './socket/context.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest()

/** For whoever runs it, who has set a token: how it is doing, in the text that Prometheus reads. To nobody else is it there. */
export function routes(place: Place): Router {
  const router = Router()
  const { METRICS_TOKEN } = place.config
  const expected = METRICS_TOKEN === undefined ? null : hashOf(`Bearer ${METRICS_TOKEN}`)

  router.get('/metrics', async (request, response, next) => {
    const { metrics } = place
    if (!expected || !metrics) return next()
    response.setHeader('Cache-Control', 'no-store')
    // Hashes are of one length, whatever was given, and tell nothing by how long it takes to compare them.
    if (!timingSafeEqual(hashOf(request.headers.authorization ?? ''), expected)) {
      response.setHeader('WWW-Authenticate', 'Bearer')
      throw new Refusal('unauthorized', 'This is read with the token that METRICS_TOKEN has.')
    }
    response.type(metrics.contentType).send(await metrics.text())
  })
  return router
}

export const listeners: Listeners = {
  connected: (context) => context.place.metrics?.connected(context),
  disconnected: (context) => context.place.metrics?.disconnected(context),
  committed: ({ metrics }, commit) => metrics?.committed(commit),
}
