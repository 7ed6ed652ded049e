import type { changeRequests } from '../protocol/changes.ts'
import type { messageRequests } from '../protocol/messages.ts'
import { looksAfter, mustBeAuthor, mustBeDeletable, mustBeMember, mustBeVisible, mustBeIn } from './policy.ts'
import { linkOf } from './previews/linkOf.ts'
import { calledBy, toStore } from './sending.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof messageRequests & typeof changeRequests> = {
  async 'message:send'(context, draft) {
    const ready = mustBeIn(context, draft.roomId).then(() => toStore(context, draft))
    return context.inOrder(ready, context.store.messages.append)
  },

  async 'message:edit'(context, change) {
    const { me, store } = context
    async function toEdit() {
      const { mentions } = await mustBeAuthor(store, me, change)
      const here = await calledBy(context, change, mentions)
      return { ...change, here, looksAfter: looksAfter(me), link: linkOf(change.body, context.place.config) }
    }
    return context.inOrder(toEdit(), store.messages.edit)
  },

  async 'message:delete'({ me, store, inOrder }, message) {
    const ready = mustBeDeletable(store, me, message)
    return inOrder(ready, () => store.messages.remove({ ...message, by: me.id }))
  },

  async 'message:restore'({ me, store, inOrder }, message) {
    const ready = mustBeDeletable(store, me, message)
    return inOrder(ready, () => store.messages.restore({ ...message, by: me.id, looksAfter: looksAfter(me) }))
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
