import type { unreadRequests } from '../protocol/unread.ts'
import { mustBeIn } from './policy.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof unreadRequests> = {
  async 'read:advance'(context, { roomId, seq, rev }) {
    const { me, store } = context
    await mustBeIn(context, roomId)
    return store.reads.advance({ roomId, personId: me.id, seq, rev })
  },
}
