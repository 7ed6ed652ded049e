import type { reactionRequests } from '../protocol/reactions.ts'
import { mustBeIn } from './policy.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof reactionRequests> = {
  async 'reaction:set'(context, reaction) {
    const { me, store } = context
    await mustBeIn(context, reaction.roomId)
    return store.reactions.set({ ...reaction, personId: me.id })
  },
}
