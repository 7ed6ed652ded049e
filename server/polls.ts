import type { pollRequests } from '../protocol/polls.ts'
import { mustBeDeletable, mustBeIn } from './policy.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof pollRequests> = {
  async 'poll:vote'(context, vote) {
    const { me, store } = context
    await mustBeIn(context, vote.roomId)
    return store.polls.vote({ ...vote, personId: me.id })
  },

  async 'poll:close'({ me, store }, message) {
    await mustBeDeletable(store, me, message)
    return store.polls.close({ ...message, by: me.id })
  },
}
