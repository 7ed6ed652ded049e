import type { typingRequests } from '../protocol/typing.ts'
import { mustNotBeMuted, mustWrite } from './policy.ts'
import { choicesIn, socketsOf, type Handlers, type Listeners, type Place } from './socket/context.ts'

export const handlers: Handlers<typeof typingRequests> = {
  async 'typing:set'(context, { roomId, typing }) {
    const { place, store, me, socket } = context
    async function isShown(): Promise<boolean> {
      await mustWrite(store, me, roomId)
      if (typing) await mustNotBeMuted(store, me, roomId)
      return !typing || (await store.settings.get(me.id)).showsTyping
    }
    const { typingIn } = socket.data
    return context.inOrder(Promise.all([isShown(), notTo(place, me.id)]), async ([shown, others]) => {
      if (!shown) return {}
      if (typing) typingIn.add(roomId)
      else typingIn.delete(roomId)
      place.typists.tell({ roomId, personId: me.id, typing }, others)
      return {}
    })
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
  notTo(place, personId)
    .then((others) => place.typists.tell({ roomId, personId, typing: false }, others))
    .catch((error: unknown) => place.log.warn('typing not told', { error: String(error) }))
}

/** Who is writing is told to nobody who has blocked them. */
const notTo = async ({ store }: Place, personId: string) => [personId, ...(await store.blocks.by(personId))]
