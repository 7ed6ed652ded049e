import type { requests } from '../protocol/index.ts'
import { handlers as accounts } from './accounts.ts'
import { handlers as audit } from './audit.ts'
import { handlers as blocks } from './blocks.ts'
import { handlers as devices, listeners as deviceListeners } from './devices.ts'
import { handlers as drafts } from './drafts.ts'
import { handlers as emoji } from './emoji.ts'
import { handlers as forYou } from './forYou.ts'
import { handlers as invites } from './invites.ts'
import { handlers as messages } from './messages.ts'
import { listeners as metricsListeners } from './metrics.ts'
import { handlers as moderation, listeners as moderationListeners } from './moderation.ts'
import { handlers as people } from './people.ts'
import { handlers as pins } from './pins.ts'
import { handlers as place, listeners as placeListeners } from './place.ts'
import { handlers as polls } from './polls.ts'
import { handlers as presence, listeners as presenceListeners } from './presence.ts'
import { handlers as previews, listeners as previewListeners } from './previews.ts'
import { handlers as push, listeners as pushListeners } from './push.ts'
import { handlers as profile } from './profile.ts'
import { handlers as replies } from './replies.ts'
import { handlers as reactions } from './reactions.ts'
import { handlers as reminders, listeners as reminderListeners } from './reminders.ts'
import { handlers as reports } from './reports.ts'
import { handlers as rooms } from './rooms.ts'
import { handlers as scheduled, listeners as scheduledListeners } from './scheduled.ts'
import { handlers as saved } from './saved.ts'
import { handlers as search } from './search.ts'
import { handlers as settings } from './settings.ts'
import type { Handlers, Listeners } from './socket/context.ts'
import { handlers as typing, listeners as typingListeners } from './typing.ts'
import { handlers as unread } from './unread.ts'
import { listeners as uploadListeners } from './uploads.ts'

/** Who answers each request. A request without a handler does not compile. */
export const handlers: Handlers<typeof requests> = {
  ...messages,
  ...replies,
  ...pins,
  ...saved,
  ...reactions,
  ...emoji,
  ...polls,
  ...previews,
  ...rooms,
  ...people,
  ...profile,
  ...settings,
  ...scheduled,
  ...reminders,
  ...drafts,
  ...presence,
  ...typing,
  ...unread,
  ...place,
  ...invites,
  ...devices,
  ...push,
  ...forYou,
  ...search,
  ...accounts,
  ...moderation,
  ...reports,
  ...blocks,
  ...audit,
}

/** Who wants to know what happens. */
export const listeners: readonly Listeners[] = [
  placeListeners,
  deviceListeners,
  presenceListeners,
  typingListeners,
  pushListeners,
  previewListeners,
  moderationListeners,
  uploadListeners,
  scheduledListeners,
  reminderListeners,
  metricsListeners,
]
