import type { messageRequests } from '../protocol/messages.ts'
import { mustBeAuthor, mustBeMember, mustBeVisible } from './policy.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof messageRequests> = {
  async 'message:send'({ me, store }, draft) {
    await mustBeMember(store, me, draft.roomId)
    return store.messages.append({ ...draft, authorId: me.id })
  },

  async 'message:edit'({ me, store }, change) {
    await mustBeAuthor(store, me, change)
    return store.messages.edit(change)
  },

  async 'message:delete'({ me, store }, message) {
    await mustBeAuthor(store, me, message)
    return store.messages.remove(message)
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
