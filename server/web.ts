import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import helmet from 'helmet'
import sirv from 'sirv'
import { pages } from '../protocol/addresses.ts'
import { Refusal, type RefusalCode } from '../protocol/errors.ts'
import type { Config } from './config.ts'
import { routes as accountRoutes } from './accounts.ts'
import { routes as auditRoutes } from './audit.ts'
import { routes as deviceRoutes } from './devices.ts'
import { routes as emojiRoutes } from './emoji.ts'
import { routes as inviteRoutes } from './invites.ts'
import { routes as metricsRoutes } from './metrics.ts'
import { routes as peopleRoutes } from './people.ts'
import { routes as placeRoutes } from './place.ts'
import { routes as profileRoutes } from './profile.ts'
import { routes as ssoRoutes } from './sso.ts'
import { routes as uploadRoutes } from './uploads.ts'
import { mistake, nameRequests } from './requestId.ts'
import type { Place } from './socket/context.ts'
import { refusalBody } from './socket/serve.ts'

const dist = path.join(import.meta.dirname, '..', 'dist')

/** Tells one built client from another: the name of its script, which that knows of itself. */
export function readBuild(): string {
  const page = path.join(dist, 'index.html')
  return (existsSync(page) && /src="\/assets\/([^"]+)\.js"/.exec(readFileSync(page, 'utf8'))?.[1]) || 'none'
}

const statusOf: Partial<Record<RefusalCode, number>> = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  name_taken: 409,
  conflict: 409,
  rate_limited: 429,
  storage_unavailable: 503,
  restarting: 503,
}

/** Everything that is spoken over plain HTTP. */
export function createWeb(place: Place, isReady: () => boolean): Express {
  const { config, log, store } = place
  const app = express()
  app.disable('x-powered-by')
  app.use(guard(config))
  app.use(nameRequests(place))

  app.get('/healthz', (_, response) => void response.json({ alive: true }))
  app.get('/readyz', (_, response) => {
    const { trouble, damage } = store.condition()
    const ready = isReady() && trouble === null
    // Without files it is ready all the same: messages work. Which store they are in concerns only whoever reads the log.
    const files = place.uploads.bytes.trouble() === null ? null : 'Files cannot be reached just now.'
    // Nor without the others: what is stored reaches everybody, only later.
    const facts = present({ trouble, damage, files, nodes: place.cluster.trouble() })
    response.status(ready ? 200 : 503).json({ ready, durability: store.durability, ...facts })
  })

  app.use('/api', (_, response, next) => {
    response.setHeader('Cache-Control', 'no-store')
    next()
  })
  const all = [
    placeRoutes,
    peopleRoutes,
    profileRoutes,
    emojiRoutes,
    inviteRoutes,
    deviceRoutes,
    accountRoutes,
    ssoRoutes,
    auditRoutes,
    uploadRoutes,
    metricsRoutes,
  ]
  for (const routes of all) app.use(routes(place))
  app.use('/api', () => {
    throw new Refusal('not_found', 'There is no such address.')
  })

  if (existsSync(dist)) {
    app.use(
      sirv(dist, {
        brotli: true,
        gzip: true,
        setHeaders(response, pathname) {
          const hashed = pathname.startsWith('/assets/')
          response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
        },
      }),
    )
    // Every room has an address of its own; the page finds out which one it is.
    app.get([...pages, '/r/{*room}', '/join', '/begin', '/here', '/reset', '/sso'], (_, response) => {
      response.setHeader('Cache-Control', 'no-cache').sendFile('index.html', { root: dist })
    })
  }
  app.use((_, response) => void response.status(404).type('text').send('There is nothing at this address.'))

  app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error)
    const { method, path } = request
    const requestId = String(response.getHeader('X-Request-Id'))
    const known = error instanceof Refusal ? error : fromExpress(error)
    const { code, message, retryAfter } = refusalBody(known ?? mistake(log, { requestId, method, path }, error))
    if (retryAfter !== undefined) response.setHeader('Retry-After', Math.ceil(retryAfter / 1000))
    response.status(statusOf[code] ?? 500).json({ error: { code, message, retryAfter } })
  })
  return app
}

/** Only what there is. */
const present = (facts: Record<string, string | null>) =>
  Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== null))

/** Express gives a status to what is the caller's own mistake: a body that is no JSON, or too large. */
function fromExpress(error: unknown): Refusal | null {
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  return typeof status === 'number' && status >= 400 && status < 500
    ? new Refusal('invalid', 'This request cannot be read.')
    : null
}

/** The page runs its own files and nothing else; without https nothing may force it. */
function guard({ ORIGIN }: Pick<Config, 'ORIGIN'>) {
  const secure = ORIGIN.length > 0 && ORIGIN.every((origin) => origin.startsWith('https:'))
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'media-src': ["'self'"],
        'connect-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        'require-trusted-types-for': ["'script'"],
        ...(secure ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    strictTransportSecurity: secure,
  })
}
