import { Refusal } from '../protocol/errors.ts'
import { LIST_PAGE } from '../protocol/limits.ts'
import type { roomRequests } from '../protocol/rooms.ts'
import {
  looksAfter,
  mustBeAbove,
  mustBeAtLeast,
  mustBeMember,
  mustBeOnTerms,
  mustBeVisible,
  mustBringTogether,
  mustLookAfter,
  mustManage,
  mustNotBeMuted,
  mustWrite,
} from './policy.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof roomRequests> = {
  async 'room:create'({ me, store }, { name, topic, private: isPrivate }) {
    mustBeAtLeast(me, 'member')
    await mustNotBeMuted(store, me, null)
    return store.rooms.create({ name, topic, personId: me.id, isPrivate })
  },

  async 'room:rename'({ me, store }, { roomId, name }) {
    await mustManage(store, me, roomId)
    await mustNotBeMuted(store, me, roomId)
    return store.rooms.rename(roomId, name, me.id)
  },

  async 'room:add'({ me, store }, { roomId, personId }) {
    await mustBeMember(store, me, roomId)
    mustBeAtLeast(me, 'member')
    const [other] = await store.people.get([personId])
    if (!other || other.gone) throw new Refusal('not_found', 'No such person.')
    // A visitor proves nothing, and a guest is where those who look after the place have invited them.
    if (other.role === 'visitor')
      throw new Refusal('forbidden', `${other.name} is a visitor and hears only the first room.`)
    if (other.role === 'guest') mustBeAtLeast(me, 'admin')
    await store.rooms.add(roomId, personId, me.id)
    return {}
  },

  async 'room:remove'({ me, store }, { roomId, personId }) {
    await mustManage(store, me, roomId)
    if (!(await store.rooms.hasMember(roomId, personId))) return {}
    const [other] = await store.people.get([personId])
    // Whoever made a room does not put those out who look after the place.
    if (other && other.id !== me.id && looksAfter(other)) mustBeAbove(me, other.role)
    await store.rooms.leave(roomId, personId, me.id)
    return {}
  },

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
    // It is read by everybody, like a message.
    const { kind } = await mustWrite(store, me, roomId)
    if (kind === 'direct') throw new Refusal('forbidden', 'A conversation has no topic.')
    await mustNotBeMuted(store, me, roomId)
    return store.rooms.setTopic(roomId, topic)
  },

  async 'room:writing'({ me, store }, { roomId, whoWrites, slowMode }) {
    await mustManage(store, me, roomId)
    return store.rooms.setWriting({
      roomId,
      by: me.id,
      ...(whoWrites !== undefined && { whoWrites }),
      ...(slowMode !== undefined && { slowMode }),
    })
  },

  async 'room:archive'({ me, store }, { roomId, archived }) {
    // Nobody joins an archived room, so nobody has to be in one to bring it back.
    await (archived ? mustManage : mustLookAfter)(store, me, roomId)
    return store.rooms.archive(roomId, archived, me.id)
  },

  async 'room:delete'({ me, store }, { roomId }) {
    await mustBeVisible(store, me, roomId)
    mustBeAtLeast(me, 'owner')
    await store.rooms.remove(roomId, me.id)
    return {}
  },

  'room:arrange': async ({ me, store }, { roomIds }) => ({ roomIds: await store.rooms.arrange(me.id, roomIds) }),

  async 'room:direct'({ me, store }, { personId, others }) {
    const otherIds = [personId, ...others].filter((id) => id !== me.id)
    await mustBringTogether(store, me, otherIds)
    await mustBeOnTerms(store, me, otherIds)
    return store.rooms.direct(me.id, ...otherIds)
  },

  'room:list': ({ me, store }, page) =>
    store.rooms.list({ ...page, limit: LIST_PAGE, personId: me.id, onlyTheirs: me.role === 'guest' }),

  async 'room:members'({ me, store }, page) {
    await mustBeVisible(store, me, page.roomId)
    return store.rooms.members({ ...page, limit: LIST_PAGE })
  },
}
