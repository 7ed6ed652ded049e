import type { forYouRequests } from '../protocol/forYou.ts'
import { FOR_YOU_PAGE } from '../protocol/limits.ts'
import type { Handlers } from './socket/context.ts'

export const handlers: Handlers<typeof forYouRequests> = {
  'for-you:list': ({ me, store }, { after }) => store.forYou.list({ personId: me.id, after, limit: FOR_YOU_PAGE }),
}
