import type { draftRequests } from '../protocol/drafts.ts'
import { DRAFTS } from '../protocol/limits.ts'
import { mustBeIn } from './policy.ts'
import { personOf, type Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof draftRequests> = {
  async 'draft:set'(context, draft) {
    const { me, store, socket } = context
    await mustBeIn(context, draft.roomId)
    const { rev } = await store.drafts.set({ ...draft, personId: me.id })
    // Whoever has written it knows it.
    if (rev > 0) socket.to(personOf(me.id)).emit('draft:changed', { ...draft, rev })
    return { rev }
  },

  'draft:list': ({ me, store }, { after }) => store.drafts.list({ personId: me.id, after, limit: DRAFTS }),
}
