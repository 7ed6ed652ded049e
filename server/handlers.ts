import type { requests } from '../protocol/index.ts'
import { handlers as messages } from './messages.ts'
import { handlers as people } from './people.ts'
import { handlers as presence, listeners as presenceListeners } from './presence.ts'
import { handlers as rooms } from './rooms.ts'
import type { Handlers, Listeners } from './socket/context.ts'
import { handlers as typing, listeners as typingListeners } from './typing.ts'
import { handlers as unread } from './unread.ts'

/** Who answers each request. A request without a handler does not compile. */
export const handlers: Handlers<typeof requests> = {
  ...messages,
  ...rooms,
  ...people,
  ...presence,
  ...typing,
  ...unread,
}

/** Who wants to know what happens. */
export const listeners: readonly Listeners[] = [presenceListeners, typingListeners]
