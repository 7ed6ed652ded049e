import type { z } from 'zod'
import type { RefusalBody } from './errors.ts'
import { helloEvents } from './hello.ts'
import { messageEvents, messageRequests } from './messages.ts'
import { peopleEvents, peopleRequests } from './people.ts'
import { presenceEvents, presenceRequests } from './presence.ts'
import { roomEvents, roomRequests } from './rooms.ts'
import { typingEvents, typingRequests } from './typing.ts'
import { unreadEvents, unreadRequests } from './unread.ts'

/** Everything a client may ask. Each request is answered through the callback that Socket.IO calls an acknowledgement. */
export const requests = {
  ...messageRequests,
  ...roomRequests,
  ...peopleRequests,
  ...presenceRequests,
  ...typingRequests,
  ...unreadRequests,
}

/** Everything the server announces. */
export const events = {
  ...helloEvents,
  ...messageEvents,
  ...roomEvents,
  ...peopleEvents,
  ...presenceEvents,
  ...typingEvents,
  ...unreadEvents,
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
export type ServerToClient = { [E in EventName]: (payload: Payload<E>) => void }
