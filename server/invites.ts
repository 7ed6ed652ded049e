import { Router, json } from 'express'
import { z } from 'zod'
import { Refusal } from '../protocol/errors.ts'
import type { Invite, inviteRequests } from '../protocol/invites.ts'
import { LIST_PAGE } from '../protocol/limits.ts'
import type { Person } from '../protocol/people.ts'
import type { Room } from '../protocol/rooms.ts'
import { whoIs } from './identity.ts'
import { mustBeLetIn } from './door.ts'
import { faceOf, joinOf, mustBeAbove, mustBeAtLeast, mustBeMember, seenOf } from './policy.ts'
import { sourceOf } from './socket/address.ts'
import type { Handlers, Place } from './socket/context.ts'
import { formOf } from './form.ts'
import type { Store } from './store/store.ts'
import { mustBeOpen } from './whoWrites.ts'

export const handlers: Handlers<typeof inviteRequests> = {
  async 'invite:create'({ me, store }, { role, roomIds, uses, milliseconds }) {
    mustBeAtLeast(me, 'admin')
    mustBeAbove(me, role)
    for (const roomId of roomIds) {
      await mustBeMember(store, me, roomId)
      const room = await store.rooms.get(roomId)
      if (room?.kind === 'direct') throw new Refusal('forbidden', 'Nobody is invited into a conversation.')
      if (room) mustBeOpen(room)
    }
    const expiresAt = milliseconds === null ? null : Date.now() + milliseconds
    return store.invites.create({ role, roomIds, uses, expiresAt, createdBy: me.id })
  },

  async 'invite:list'({ me, store }, { after }) {
    mustBeAtLeast(me, 'admin')
    const { invites, next } = await store.invites.list({ after, limit: LIST_PAGE })
    const people = await store.people.get([...new Set(invites.map(({ createdBy }) => createdBy))])
    return { invites: await Promise.all(invites.map((one) => shownTo(me, store, one))), people, next }
  },

  async 'invite:people'({ me, store }, { id }) {
    mustBeAtLeast(me, 'admin')
    return { people: await store.invites.people(id, LIST_PAGE) }
  },

  async 'invite:revoke'({ me, store }, { id }) {
    mustBeAtLeast(me, 'admin')
    return shownTo(me, store, await store.invites.revoke(id, me.id))
  },
}

/** As somebody sees it who may not see all of the rooms that it leads to. */
async function shownTo(me: Person, store: Store, invite: Invite): Promise<Invite> {
  const rooms = invite.roomIds.map((roomId) => ({ roomId }))
  return { ...invite, roomIds: (await seenOf(store, me, rooms)).map(({ roomId }) => roomId) }
}

/** What was never a token is a link like any other that leads nowhere. */
const Shown = z.object({ token: z.string().max(64).catch('') })

/** The first of its rooms that people still come into by it: of the others nobody comes to know. A guest is in these alone. */
async function leadsTo(store: Store, { roomIds, createdBy, role }: Invite): Promise<Room | null> {
  for (const roomId of roomIds) {
    const room = (await store.rooms.hasMember(roomId, createdBy)) ? await store.rooms.get(roomId) : null
    if (room && !room.archived) return room
  }
  return role === 'guest' ? null : store.rooms.default()
}

/** Before coming in by a link: who has sent it, and where it leads. */
export function routes(place: Place): Router {
  const { store, config, limits } = place
  const router = Router()

  // The token is no part of an address, which logs and proxies keep.
  router.post('/api/invite', json({ limit: '4kb' }), async (request, response) => {
    const { token } = formOf(request, config, Shown)
    await limits.take('requests', sourceOf(request, config))
    await mustBeLetIn(place, request, await whoIs(store, config, request.headers.cookie))
    const invite = joinOf(place) === 'closed' ? null : await store.invites.find(token)
    const room = invite && (await leadsTo(store, invite))
    if (!room) throw new Refusal('not_found', 'This link has stopped working. Ask whoever sent it for a new one.')
    const [by] = await store.people.get([invite.createdBy])
    response.json({ by: by && faceOf(by), room: { id: room.id, name: room.name }, role: invite.role })
  })

  return router
}
