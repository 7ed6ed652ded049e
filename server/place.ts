import { Router, json } from 'express'
import { z } from 'zod'
import { Refusal } from '../protocol/errors.ts'
import { PersonName } from '../protocol/people.ts'
import { PlaceName, type placeRequests } from '../protocol/place.ts'
import { isShutOut } from './door.ts'
import { agentOf, rememberToken, whoIs } from './identity.ts'
import { faceOf, joinOf, mustBeAtLeast, stateOf } from './policy.ts'
import { sourceOf } from './socket/address.ts'
import { everybody, type Handlers, type Listeners, type Place } from './socket/context.ts'
import { formOf } from './form.ts'

export const handlers: Handlers<typeof placeRequests> = {
  async 'place:health'({ me, store, place: { board, build, io } }) {
    mustBeAtLeast(me, 'admin')
    return {
      running: Math.round(performance.now() - board.startedAt),
      build,
      node: process.version,
      memory: process.memoryUsage.rss(),
      connections: io.sockets.sockets.size,
      present: Object.keys(board.shown()).length,
      ...(await store.facts()),
      durability: store.durability,
      ...store.condition(),
    }
  },

  async 'place:change'({ me, store, place }, { name, join }) {
    mustBeAtLeast(me, join === undefined ? 'admin' : 'owner')
    if (join !== undefined && place.config.JOIN !== undefined)
      throw new Refusal('forbidden', 'Whoever runs the server has decided who may come in (JOIN).')
    await store.place.change({ ...(name !== undefined && { name }), ...(join !== undefined && { join }) }, me.id)
    return stateOf(place)
  },
}

export const listeners: Listeners = {
  committed(place, { place: settings }) {
    if (!settings) return
    place.settings = settings
    place.io.to(everybody).emit('place:changed', stateOf(place))
    // Visitors are in as long as everybody may come.
    if (joinOf(place) === 'open') return
    for (const socket of place.io.sockets.sockets.values()) if (socket.data.tutorial) socket.disconnect(true)
  },
}

/** So many of those who are here are shown at the door. */
const FACES = 4

const Founding = z.object({ token: z.string().max(64), place: PlaceName, name: PersonName.optional() })

/** Before there is a connection: what place this is, and how it becomes somebody's. */
export function routes(place: Place): Router {
  const { store, config, board, limits } = place
  const router = Router()

  router.get('/api/place', async (request, response) => {
    const known = await whoIs(store, config, request.headers.cookie)
    const shutOut = await isShutOut(place, request, known)
    const me = shutOut ? null : known
    const ids = Object.entries(board.shown()).flatMap(([id, presence]) => (presence === 'away' ? [] : [id]))
    // Names of people present are for those who may come in.
    const here = me || joinOf(place) === 'open' ? await store.people.get(ids.slice(0, FACES)) : []
    const { name, join } = stateOf(place)
    const signOn = place.guards.signOn?.name ?? null
    const faces = me ? here : here.map(faceOf)
    response.json({ place: { name }, join, signOn, me, shutOut, here: faces, present: ids.length })
  })

  router.post('/api/owner', json({ limit: '4kb' }), async (request, response) => {
    const needed = 'The place and you each need a name.'
    const { token, place: placeName, name } = formOf(request, config, Founding, needed)
    await limits.take('joins', sourceOf(request, config))
    const me = await whoIs(store, config, request.headers.cookie)
    if (!me && name === undefined) throw new Refusal('invalid', needed)
    const who = me ? { id: me.id } : { name: name ?? '', agent: agentOf(request) }
    const { owner, session } = await store.place.found({ token, placeName, who })
    if (session) response.setHeader('Set-Cookie', rememberToken(config, 'member', session))
    response.status(201).json(owner)
  })

  return router
}
