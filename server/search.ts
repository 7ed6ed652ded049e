import type { searchRequests } from '../protocol/search.ts'
import { mustBeVisible } from './policy.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof searchRequests> = {
  'search:messages': ({ me, store }, search) => store.search.find({ ...search, personId: me.id }),

  async 'message:at'({ me, store }, where) {
    await mustBeVisible(store, me, where.roomId)
    return { seq: await store.search.firstSince(where) }
  },
}
