import { Refusal } from '../protocol/errors.ts'
import { LIST_PAGE } from '../protocol/limits.ts'
import type { roomRequests } from '../protocol/rooms.ts'
import { mustBeMember, mustBeVisible } from './policy.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof roomRequests> = {
  'room:create': ({ me, store }, { name, topic }) => store.rooms.create({ name, topic, personId: me.id }),

  async 'room:join'({ me, store }, { roomId }) {
    const room = await mustBeVisible(store, me, roomId)
    if (room.kind !== 'public') throw new Refusal('not_found', 'No such room.')
    return store.rooms.join(roomId, me.id)
  },

  async 'room:leave'({ me, store }, { roomId }) {
    await mustBeMember(store, me, roomId)
    await store.rooms.leave(roomId, me.id)
    return {}
  },

  async 'room:topic'({ me, store }, { roomId, topic }) {
    await mustBeMember(store, me, roomId)
    const room = await store.rooms.get(roomId)
    if (room?.kind !== 'public') throw new Refusal('forbidden', 'A conversation of two has no topic.')
    return store.rooms.setTopic(roomId, topic)
  },

  async 'room:direct'({ me, store }, { personId }) {
    const [other] = await store.people.get([personId])
    if (other?.role === 'guest')
      throw new Refusal('forbidden', `${other.name} is a guest and hears only the first room.`)
    return store.rooms.direct(me.id, personId)
  },

  'room:list': ({ me, store }, page) => store.rooms.list({ ...page, limit: LIST_PAGE, personId: me.id }),

  async 'room:members'({ me, store }, page) {
    await mustBeVisible(store, me, page.roomId)
    return store.rooms.members({ ...page, limit: LIST_PAGE })
  },
}
