import { Router, json } from 'express'
import { z } from 'zod'
import { Refusal } from '../protocol/errors.ts'
import { LIST_PAGE } from '../protocol/limits.ts'
import { PersonName, type peopleRequests } from '../protocol/people.ts'
import { rememberToken, whoIs } from './identity.ts'
import { addressOf, neighbourhoodOf } from './socket/address.ts'
import { isOurs, notOurs } from './socket/origin.ts'
import type { Handlers, Place } from './socket/context.ts'

export const handlers: Handlers<typeof peopleRequests> = {
  'people:rename': ({ me, store }, { name }) => store.people.rename(me.id, name),
  'people:get': ({ store }, { ids }) => store.people.get(ids),
  'people:list': ({ store }, page) => store.people.list({ ...page, limit: LIST_PAGE }),
  'people:sync': ({ store }, { since }) => store.people.sync(since),
}

/** So many of those who are here are shown at the door. */
const FACES = 4

const ComeIn = z.object({ name: PersonName })

/** Before there is a connection: what place this is, and coming in. */
export function routes(place: Place): Router {
  const { store, config, board, limits } = place
  const router = Router()

  router.get('/api/place', async (request, response) => {
    const me = await whoIs(store, config, request.headers.cookie)
    // Names of people present are for those who may come in.
    const ids = Object.entries(board.shown()).flatMap(([id, presence]) => (presence === 'here' ? [id] : []))
    const here = me || config.JOIN === 'open' ? await store.people.get(ids.slice(0, FACES)) : []
    response.json({ place: { name: 'Natter' }, join: config.JOIN, me, here, present: ids.length })
  })

  router.post('/api/people', json({ limit: '4kb' }), async (request, response) => {
    if (!isOurs(request, config)) throw new Refusal('forbidden', notOurs)
    if (!request.is('application/json')) throw new Refusal('invalid', 'The name has to be sent as JSON.')
    const known = await whoIs(store, config, request.headers.cookie)
    if (known) return void response.json(known)
    if (config.JOIN === 'closed') throw new Refusal('forbidden', 'This place is closed to newcomers.')
    const input = ComeIn.safeParse(request.body)
    if (!input.success) throw new Refusal('invalid', 'A name has one to thirty-two characters.')
    await limits.take('joins', neighbourhoodOf(addressOf(request, config)))
    const person = await store.people.create({ name: input.data.name, role: 'member' })
    const token = await store.sessions.create(person.id)
    response
      .status(201)
      .setHeader('Set-Cookie', rememberToken(config, 'member', token))
      .json(person)
  })

  return router
}
