import type { settingsRequests } from '../protocol/settings.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof settingsRequests> = {
  'settings:change': ({ me, store }, chosen) => store.settings.change(me.id, chosen),
}
