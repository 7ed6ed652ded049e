import { PINS_PAGE } from '../protocol/limits.ts'
import type { pinRequests } from '../protocol/pins.ts'
import { looksAfter, mustBeVisible, mustWrite } from './policy.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof pinRequests> = {
  async 'message:pin'({ me, store }, pin) {
    await mustWrite(store, me, pin.roomId)
    return store.pins.set({ ...pin, by: me.id, looksAfter: looksAfter(me) })
  },

  async 'pin:list'({ me, store }, { roomId, after }) {
    await mustBeVisible(store, me, roomId)
    return store.pins.list({ roomId, after, limit: PINS_PAGE })
  },
}
