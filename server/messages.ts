import type { changeRequests } from '../protocol/changes.ts'
import type { messageRequests } from '../protocol/messages.ts'
import { manages, mustBeAuthor, mustBeDeletable, mustBeMember, mustBeVisible } from './policy.ts'
import { linkOf } from './previews/linkOf.ts'
import { calledBy, send } from './sending.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof messageRequests & typeof changeRequests> = {
  'message:send': (context, draft) => send(context, draft),

  async 'message:edit'(context, change) {
    const { me, store } = context
    const { mentions } = await mustBeAuthor(store, me, change)
    const [here, mayManage] = await Promise.all([
      calledBy(context, change, mentions),
      manages(store, me, change.roomId),
    ])
    const link = linkOf(change.body, context.place.config)
    return store.messages.edit({ ...change, here, manages: mayManage, link })
  },

  async 'message:delete'({ me, store }, message) {
    await mustBeDeletable(store, me, message)
    return store.messages.remove({ ...message, by: me.id })
  },

  async 'message:restore'({ me, store }, message) {
    await mustBeDeletable(store, me, message)
    return store.messages.restore({ ...message, by: me.id, manages: await manages(store, me, message.roomId) })
  },

  async 'message:history'({ me, store }, page) {
    await mustBeMember(store, me, page.roomId)
    return store.versions.list(page)
  },

  async 'message:list'({ me, store }, page) {
    await mustBeVisible(store, me, page.roomId)
    return store.messages.list(page)
  },

  async 'room:sync'({ me, store, place }, cursor) {
    await mustBeMember(store, me, cursor.roomId)
    return place.sync(cursor)
  },
}
