import { Refusal } from '../protocol/errors.ts'
import type { Message } from '../protocol/messages.ts'
import type { previewRequests } from '../protocol/previews.ts'
import { mustBeDeletable, mustManage } from './policy.ts'
import type { Handlers, Listeners } from './socket/context.ts'

/** Whatever else of a message changes later is no reason to ask. Milliseconds. */
const RECENT = 60_000

export const handlers: Handlers<typeof previewRequests> = {
  async 'preview:allow'({ me, store, place }, { roomId, on }) {
    await mustManage(store, me, roomId)
    if (on && place.config.LINK_PREVIEWS === 'off')
      throw new Refusal('forbidden', 'Whoever runs the server wants it to ask no pages (LINK_PREVIEWS).')
    return store.rooms.setPreviews({ roomId, on, by: me.id })
  },

  async 'preview:remove'({ me, store }, message) {
    await mustBeDeletable(store, me, message)
    return store.previews.remove(message)
  },
}

export const listeners: Listeners = {
  started({ config, previews }) {
    if (config.LINK_PREVIEWS === 'on') previews.start()
  },
  committed({ config, previews }, { rooms, elsewhere }) {
    if (config.LINK_PREVIEWS === 'off' || elsewhere) return
    for (const { changes } of rooms)
      for (const change of changes)
        if (change.type === 'message:changed' && isWanting(change.message)) previews.ask(change.message)
  },
}

const isWanting = ({ preview, sentAt, editedAt }: Message): boolean =>
  preview !== undefined && preview.title === undefined && (editedAt ?? sentAt) > Date.now() - RECENT
