import type { blockRequests } from '../protocol/blocks.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof blockRequests> = {
  async 'block:set'({ me, store }, { personId, blocked }) {
    await store.blocks.set({ personId: me.id, otherId: personId, blocked })
    return {}
  },
}
