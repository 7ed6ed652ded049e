import type { typingRequests } from '../protocol/typing.ts'
import { mustNotBeMuted, mustWrite } from './policy.ts'
import { choicesIn, socketsOf, type Handlers, type Listeners, type Place } from './socket/context.ts'

export const handlers: Handlers<typeof typingRequests> = {
  async 'typing:set'(context, { roomId, typing }) {
    const { place, store, me, socket } = context
    await mustWrite(store, me, roomId)
    if (typing) await mustNotBeMuted(store, me, roomId)
    if (typing && !(await store.settings.get(me.id)).showsTyping) return {}
    const { typingIn } = socket.data
    if (typing) typingIn.add(roomId)
    else typingIn.delete(roomId)
    await tell(place, me.id, roomId, typing)
    return {}
  },
}

export const listeners: Listeners = {
  disconnected({ place, me, socket }) {
    for (const roomId of socket.data.typingIn) stopped(place, me.id, roomId)
  },
  committed(place, commit) {
    for (const { personId, chosen } of choicesIn(commit)) {
      if (!chosen.showsTyping) hush(place, personId)
    }
    for (const { changes } of commit.rooms)
      for (const change of changes) if (change.type === 'message:changed') place.typists.sent(change.message)
  },
}

/** Who does not show it from now on has stopped. */
function hush(place: Place, personId: string): void {
  for (const { data } of socketsOf(place, personId)) {
    for (const roomId of data.typingIn) stopped(place, personId, roomId)
    data.typingIn.clear()
  }
}

function stopped(place: Place, personId: string, roomId: string): void {
  tell(place, personId, roomId, false).catch((error: unknown) => {
    place.log.warn('typing not told', { error: String(error) })
  })
}

/** To nobody who has blocked who is writing. */
async function tell(place: Place, personId: string, roomId: string, typing: boolean): Promise<void> {
  const blockedBy = await place.store.blocks.by(personId)
  place.typists.tell({ roomId, personId, typing }, [personId, ...blockedBy])
}
