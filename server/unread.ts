import type { unreadRequests } from '../protocol/unread.ts'
import { mustBeMember } from './policy.ts'
import { personOf, type Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof unreadRequests> = {
  async 'read:advance'({ me, store, place }, { roomId, seq }) {
    await mustBeMember(store, me, roomId)
    const position = await store.reads.advance({ roomId, personId: me.id, seq })
    // Reading is private: only the reader's own other tabs and devices learn of it.
    place.io.to(personOf(me.id)).emit('read:advanced', position)
    return position
  },
}
