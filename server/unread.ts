import type { unreadRequests } from '../protocol/unread.ts'
import { mustBeMember } from './policy.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof unreadRequests> = {
  async 'read:advance'({ me, store }, { roomId, seq, rev }) {
    await mustBeMember(store, me, roomId)
    return store.reads.advance({ roomId, personId: me.id, seq, rev })
  },
}
