import type { z } from 'zod'
import { accountRequests } from './accounts.ts'
import { auditRequests } from './audit.ts'
import { blockRequests } from './blocks.ts'
import { changeEvents, changeRequests } from './changes.ts'
import { deviceRequests } from './devices.ts'
import { draftEvents, draftRequests } from './drafts.ts'
import { emojiRequests } from './emoji.ts'
import type { RefusalBody } from './errors.ts'
import { forYouRequests } from './forYou.ts'
import { helloEvents } from './hello.ts'
import { inviteRequests } from './invites.ts'
import { messageRequests } from './messages.ts'
import { moderationEvents, moderationRequests } from './moderation.ts'
import { peopleEvents, peopleRequests } from './people.ts'
import { placeEvents, placeRequests } from './place.ts'
import { pinRequests } from './pins.ts'
import { presenceEvents, presenceRequests } from './presence.ts'
import { previewRequests } from './previews.ts'
import { pushEvents, pushRequests } from './push.ts'
import { profileRequests } from './profile.ts'
import { replyRequests } from './replies.ts'
import { pollRequests } from './polls.ts'
import { reactionRequests } from './reactions.ts'
import { reminderEvents, reminderRequests } from './reminders.ts'
import { reportRequests } from './reports.ts'
import { roomEvents, roomRequests } from './rooms.ts'
import { scheduledEvents, scheduledRequests } from './scheduled.ts'
import { savedEvents, savedRequests } from './saved.ts'
import { searchRequests } from './search.ts'
import { settingsEvents, settingsRequests } from './settings.ts'
import { typingEvents, typingRequests } from './typing.ts'
import { unreadEvents, unreadRequests } from './unread.ts'

/** Everything a client may ask. Each request is answered through the callback that Socket.IO calls an acknowledgement. */
export const requests = {
  ...messageRequests,
  ...changeRequests,
  ...replyRequests,
  ...pinRequests,
  ...savedRequests,
  ...reactionRequests,
  ...emojiRequests,
  ...pollRequests,
  ...previewRequests,
  ...roomRequests,
  ...peopleRequests,
  ...profileRequests,
  ...settingsRequests,
  ...presenceRequests,
  ...typingRequests,
  ...scheduledRequests,
  ...reminderRequests,
  ...draftRequests,
  ...unreadRequests,
  ...forYouRequests,
  ...searchRequests,
  ...placeRequests,
  ...inviteRequests,
  ...deviceRequests,
  ...pushRequests,
  ...accountRequests,
  ...moderationRequests,
  ...reportRequests,
  ...blockRequests,
  ...auditRequests,
}

/** Everything the server announces. */
export const events = {
  ...helloEvents,
  ...changeEvents,
  ...roomEvents,
  ...peopleEvents,
  ...settingsEvents,
  ...savedEvents,
  ...scheduledEvents,
  ...reminderEvents,
  ...draftEvents,
  ...presenceEvents,
  ...typingEvents,
  ...unreadEvents,
  ...placeEvents,
  ...pushEvents,
  ...moderationEvents,
}

type RequestTable = typeof requests
type EventTable = typeof events

export type RequestName = keyof RequestTable
/** What a caller passes: fields with a default may be left out. */
export type Input<K extends RequestName> = z.input<RequestTable[K]['input']>
/** What a handler receives: validated, defaults filled in. */
export type Parsed<K extends RequestName> = z.output<RequestTable[K]['input']>
export type Output<K extends RequestName> = z.output<RequestTable[K]['output']>

export type EventName = keyof EventTable
export type Payload<E extends EventName> = z.output<EventTable[E]['payload']>

/** What comes back for a request: its output, or why not. */
export type Answer<T> = { ok: true; data: T } | { ok: false; error: RefusalBody }

/** The two maps that Socket.IO's types ask for. */
export type ClientToServer = {
  [K in RequestName]: (input: Input<K>, answer: (answer: Answer<Output<K>>) => void) => void
}
/** Of these there may be several at once. */
type Several = 'events' | 'typing:changed'
export type ServerToClient = { [E in Exclude<EventName, Several>]: (payload: Payload<E>) => void } & {
  [E in Several]: (...payloads: Payload<E>[]) => void
}
