import { Router, json } from 'express'
import { z } from 'zod'
import type { deviceRequests } from '../protocol/devices.ts'
import { DEVICE_LINK_MS, LIST_PAGE } from '../protocol/limits.ts'
import { mustBeLetIn } from './door.ts'
import { agentOf, forgetToken, rememberToken, sessionOf } from './identity.ts'
import { sourceOf } from './socket/address.ts'
import type { Context, Handlers, Listeners, Place } from './socket/context.ts'
import { formOf } from './form.ts'
import { mustBeOurs } from './socket/origin.ts'

export const handlers: Handlers<typeof deviceRequests> = {
  async 'device:list'({ me, store, socket }) {
    const sessions = await store.sessions.list(me.id, LIST_PAGE)
    const people = await store.people.get(sessions.flatMap(({ madeBy }) => madeBy ?? []))
    return { devices: sessions.map((one) => ({ ...one, current: one.id === socket.data.sessionId })), people }
  },

  async 'device:link'({ me, store }) {
    const expiresAt = Date.now() + DEVICE_LINK_MS
    return { token: await store.sessions.link(me.id, expiresAt), expiresAt }
  },

  async 'device:revoke'({ me, store }, { id }) {
    await store.sessions.revoke(me.id, { id })
    return {}
  },

  async 'device:revokeOthers'({ me, store, socket }) {
    await store.sessions.revoke(me.id, { except: socket.data.sessionId })
    return {}
  },
}

/** So often it is noted that a device is here. Milliseconds. */
const NOTED = 60 * 60 * 1000

/** Of who stays for hours it is the end that they were here last. */
function note({ store, socket, place }: Context): void {
  const { sessionId, seenAt } = socket.data
  if (!sessionId || Date.now() - seenAt < NOTED) return
  socket.data.seenAt = Date.now()
  store.sessions.seen(sessionId).catch((error: unknown) => {
    place.log.warn('device not noted', { error: String(error) })
  })
}

export const listeners: Listeners = { connected: note, disconnected: note }

const SignIn = z.object({ token: z.string().min(1).max(64) })

/** Signing in to a browser, by a link that another one has made, and out of it. */
export function routes(place: Place): Router {
  const { store, config, limits } = place
  const router = Router()

  router.post('/api/sign-in', json({ limit: '4kb' }), async (request, response) => {
    const { token: link } = formOf(request, config, SignIn)
    await limits.take('joins', sourceOf(request, config))
    await mustBeLetIn(place, request, await store.sessions.whoseLink(link))
    // Who this browser was before keeps their session: they may come back by a link of theirs, this cookie is another one's now.
    const { token, person } = await store.sessions.useLink(link, agentOf(request))
    response.setHeader('Set-Cookie', rememberToken(config, 'member', token)).json(person)
  })

  router.post('/api/sign-out', async (request, response) => {
    mustBeOurs(request, config)
    const session = await sessionOf(store, config, request.headers.cookie)
    if (session) await store.sessions.revoke(session.person.id, { id: session.id })
    response.setHeader('Set-Cookie', forgetToken(config)).json({})
  })
  return router
}
