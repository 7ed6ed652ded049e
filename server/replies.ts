import type { replyRequests } from '../protocol/replies.ts'
import { mustBeVisible } from './policy.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof replyRequests> = {
  async 'message:get'({ me, store }, { roomId, seqs }) {
    await mustBeVisible(store, me, roomId)
    return store.replies.some(roomId, seqs)
  },

  async 'message:replies'({ me, store }, page) {
    await mustBeVisible(store, me, page.roomId)
    return store.replies.list(page)
  },
}
