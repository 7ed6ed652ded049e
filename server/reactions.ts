import type { reactionRequests } from '../protocol/reactions.ts'
import { mustBeMember } from './policy.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof reactionRequests> = {
  async 'reaction:set'({ me, store }, reaction) {
    await mustBeMember(store, me, reaction.roomId)
    return store.reactions.set({ ...reaction, personId: me.id })
  },
}
