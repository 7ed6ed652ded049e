import type { changeRequests } from '../protocol/changes.ts'
import type { messageRequests } from '../protocol/messages.ts'
import { looksAfter, mustBeAuthor, mustBeDeletable, mustBeMember, mustBeVisible, mustBeIn } from './policy.ts'
import { linkOf } from './previews/linkOf.ts'
import { calledBy, send } from './sending.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof messageRequests & typeof changeRequests> = {
  async 'message:send'(context, draft) {
    await mustBeIn(context, draft.roomId)
    return send(context, draft)
  },

  async 'message:edit'(context, change) {
    const { me, store } = context
    const { mentions } = await mustBeAuthor(store, me, change)
    const here = await calledBy(context, change, mentions)
    const link = linkOf(change.body, context.place.config)
    return store.messages.edit({ ...change, here, looksAfter: looksAfter(me), link })
  },

  async 'message:delete'({ me, store }, message) {
    await mustBeDeletable(store, me, message)
    return store.messages.remove({ ...message, by: me.id })
  },

  async 'message:restore'({ me, store }, message) {
    await mustBeDeletable(store, me, message)
    return store.messages.restore({ ...message, by: me.id, looksAfter: looksAfter(me) })
  },

  async 'message:history'({ me, store }, page) {
    await mustBeMember(store, me, page.roomId)
    return store.versions.list(page)
  },

  async 'message:list'({ me, store }, page) {
    await mustBeVisible(store, me, page.roomId)
    return store.messages.list(page)
  },

  async 'room:sync'(context, cursor) {
    await mustBeIn(context, cursor.roomId)
    return context.place.sync(cursor)
  },
}
