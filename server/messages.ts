import type { messageRequests } from '../protocol/messages.ts'
import { mustBeMember, mustBeVisible } from './policy.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof messageRequests> = {
  async 'message:send'({ me, store }, draft) {
    await mustBeMember(store, me, draft.roomId)
    return store.messages.append({ ...draft, authorId: me.id })
  },

  async 'message:list'({ me, store }, page) {
    await mustBeVisible(store, me, page.roomId)
    return store.messages.list(page)
  },

  async 'room:sync'({ me, store }, cursor) {
    await mustBeMember(store, me, cursor.roomId)
    return store.messages.sync(cursor)
  },
}
