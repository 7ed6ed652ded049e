import { SAVED_PAGE } from '../protocol/limits.ts'
import type { savedRequests } from '../protocol/saved.ts'
import { mustBeVisible, seenOf } from './policy.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof savedRequests> = {
  async 'saved:set'({ me, store }, saving) {
    await mustBeVisible(store, me, saving.roomId)
    await store.saved.set({ ...saving, personId: me.id })
    return {}
  },

  /** Whether somebody may see it is asked now: a room that they have left by now may be closed to them. */
  async 'saved:list'({ me, store }, { after }) {
    const page = await store.saved.list({ personId: me.id, after, limit: SAVED_PAGE })
    const messages = await seenOf(store, me, page.messages)
    const people = await store.people.get([...new Set(messages.map(({ authorId }) => authorId))])
    return { ...page, messages, people }
  },
}
