import type { typingRequests } from '../protocol/typing.ts'
import { mustBeMember } from './policy.ts'
import type { Context, Handlers, Listeners } from './socket/context.ts'

export const handlers: Handlers<typeof typingRequests> = {
  async 'typing:set'(context, { roomId, typing }) {
    await mustBeMember(context.store, context.me, roomId)
    const { typingIn } = context.socket.data
    if (typing) typingIn.add(roomId)
    else typingIn.delete(roomId)
    tell(context, roomId, typing)
    return {}
  },
}

export const listeners: Listeners = {
  disconnected(context) {
    for (const roomId of context.socket.data.typingIn) tell(context, roomId, false)
  },
}

function tell({ place, me }: Context, roomId: string, typing: boolean): void {
  place.pass(roomId, me.id, 'typing:changed', { roomId, personId: me.id, typing })
}
