import { Router, json } from 'express'
import { z } from 'zod'
import { Refusal } from '../protocol/errors.ts'
import { LIST_PAGE } from '../protocol/limits.ts'
import { PersonName, type peopleRequests } from '../protocol/people.ts'
import { mustBeLetIn } from './door.ts'
import { agentOf, rememberToken, whoIs } from './identity.ts'
import { joinOf, mustBeAbove, mustBeAtLeast } from './policy.ts'
import { sourceOf } from './socket/address.ts'
import type { Handlers, Place } from './socket/context.ts'
import { formOf } from './form.ts'

export const handlers: Handlers<typeof peopleRequests> = {
  'people:rename': ({ me, store }, { name }) => store.people.rename(me.id, name),
  async 'people:role'({ me, store }, { personId, role }) {
    mustBeAtLeast(me, 'admin')
    const [other] = await store.people.get([personId])
    if (!other) throw new Refusal('not_found', 'No such person.')
    if (other.role === 'visitor' || other.role === 'bot')
      throw new Refusal('forbidden', 'Only people with a place of their own here have a role.')
    for (const one of [other.role, role]) mustBeAbove(me, one)
    return store.people.setRole(personId, role, me.id)
  },
  async 'people:remove'({ me, store }, { personId }) {
    mustBeAtLeast(me, 'admin')
    const [other] = await store.people.get([personId])
    if (!other) throw new Refusal('not_found', 'No such person.')
    mustBeAbove(me, other.role)
    return store.people.remove(personId, me.id)
  },
  'people:get': ({ store }, { ids }) => store.people.get(ids),
  'people:list': ({ store }, page) => store.people.list({ ...page, limit: LIST_PAGE }),
  async 'people:seen'({ me, store, place: { board } }, { ids }) {
    mustBeAtLeast(me, 'admin')
    const seen = await store.sessions.lastSeen(ids)
    // Of who stays it is noted when they leave.
    const here = ids.filter((id) => board.entries.has(id)).map((id) => [id, Date.now()] as const)
    return { ...seen, ...Object.fromEntries(here) }
  },
  'people:sync': ({ store }, { since }) => store.people.sync(since),
}

const ComeIn = z.object({
  // Whoever is in already has one, and whoever may not come in needs none.
  name: PersonName.optional().catch(undefined),
  invite: z.string().min(1).max(64).optional(),
})

/** Before there is a connection: coming in. */
export function routes(place: Place): Router {
  const { store, config, limits } = place
  const router = Router()

  router.post('/api/people', json({ limit: '4kb' }), async (request, response) => {
    const { name, invite } = formOf(request, config, ComeIn)
    const known = await whoIs(store, config, request.headers.cookie)
    await mustBeLetIn(place, request, known)
    if (known) {
      // Whoever is here comes into the rooms that the link leads to.
      if (invite !== undefined) await store.invites.accept(invite, known.id)
      return void response.json(known)
    }
    const join = joinOf(place)
    if (join === 'closed') throw new Refusal('forbidden', 'This place is closed to newcomers.')
    if (join === 'invite' && invite === undefined)
      throw new Refusal('forbidden', 'People come in here by invitation. Ask somebody who is in for a link.')
    if (name === undefined) throw new Refusal('invalid', 'A name has one to thirty-two characters.')
    await limits.take('joins', sourceOf(request, config))
    const person =
      invite === undefined ? await store.people.create({ name, role: 'member' }) : await store.invites.use(invite, name)
    const token = await store.sessions.create(person.id, { agent: agentOf(request) })
    response
      .status(201)
      .setHeader('Set-Cookie', rememberToken(config, 'member', token))
      .json(person)
  })

  return router
}
