import type { EventName, Payload } from '../../protocol/index.ts'
import type { RefusalBody } from '../../protocol/errors.ts'
import type { RoomChanges } from '../../protocol/changes.ts'
import type { Message, MessagePage } from '../../protocol/messages.ts'
import type { Person } from '../../protocol/people.ts'
import type { Moderation } from '../../protocol/moderation.ts'
import type { PlaceState } from '../../protocol/place.ts'
import type { Presence } from '../../protocol/presence.ts'
import type { MyRoom } from '../../protocol/rooms.ts'
import type { Scheduled } from '../../protocol/scheduled.ts'
import type { MySettings } from '../../protocol/settings.ts'
import type { Entry, KeptEntry } from '../messages/outbox.ts'
import type { Timeline } from '../messages/timeline.ts'
import type { RoomState } from '../rooms/roomState.ts'
import type { Typing } from '../typing/typing.ts'

export type Link = {
  phase: 'connecting' | 'online' | 'lost' | 'signedOut'
  /** When the connection was lost. Milliseconds, `performance.now()`. */
  since: number
  /** Messages that came while it was lost, told once after it is back. */
  back: number | null
}

export type State = {
  link: Link
  logId: string | null
  place: PlaceState | null
  /** By somebody who looks after the place. */
  removed: boolean
  me: Person | null
  /** My own; null before the server has spoken. */
  settings: MySettings | null
  /** What I have to be sent later; null before anybody asked. */
  scheduled: readonly Scheduled[] | null
  /** How often this tab has heard that I keep something else for later. */
  saved: number
  people: Readonly<Record<string, Person>>
  peopleRev: number
  peopleHole: boolean
  presence: Readonly<Record<string, Presence>>
  /** Up to where the server has told it. */
  presenceAt: string | null
  /** Whether a message ever mentioned me. */
  mentioned: boolean
  rooms: Readonly<Record<string, RoomState>>
  /** So many messages I am to be reminded of now. */
  due: number
  typing: Typing
  outbox: readonly Entry[]
  drafts: Readonly<Record<string, string>>
  /** This browser keeps nothing: blocked, or full. */
  forgetful: boolean
  /** The server's build, where it is a newer one than this page's. */
  newer: string | null
  moderation: Moderation
}

/** What only parts that come later want to hear: they keep it themselves. */
export type Aside = 'draft:changed' | 'reminder:changed'
/** What the server tells of the place; that it is about to end is for the connection alone. */
type Told = Exclude<EventName, 'restarting' | Aside>
type ServerEvent = { [E in Told]: { type: E; payload: Payload<E>; now: number } }[Told]

export type StateEvent =
  | ServerEvent
  | { type: 'link'; link: Partial<Link> }
  | { type: 'mine'; mine: MyRoom }
  | { type: 'synced'; changed: RoomChanges }
  | { type: 'page'; page: MessagePage; side: 'older' | 'newer' | 'reset' }
  | { type: 'beside'; roomId: string; beside: Timeline['beside'] }
  | { type: 'people'; people: readonly Person[]; rev?: number; more?: boolean }
  | { type: 'read'; roomId: string; readUpTo: number }
  | { type: 'unread'; roomId: string; unread: RoomState['unread'] }
  | { type: 'following'; roomId: string; following: boolean }
  | { type: 'closed'; roomId: string; key: string | null }
  | { type: 'queued'; entry: Entry }
  | { type: 'kept'; key: string }
  | { type: 'adopted'; found: readonly KeptEntry[] }
  | { type: 'stored'; message: Message }
  | { type: 'unqueued'; key: string }
  | { type: 'failed'; key: string; failed: RefusalBody | null }
  | { type: 'draft'; roomId: string; text: string }
  | { type: 'drafts'; drafts: Readonly<Record<string, string>> }
  | { type: 'due'; due: number }
  | { type: 'forgetful'; forgetful: boolean }
  | { type: 'newer'; build: string | null }
  | ({ type: 'recalled' } & Pick<State, 'people' | 'peopleRev' | 'rooms' | 'moderation'> & {
        me: Person
        logId: string
      })
  /** `at`: milliseconds since the Unix epoch, by the server's clock. */
  | { type: 'tick'; now: number; at: number }

export const initialState: State = {
  link: { phase: 'connecting', since: 0, back: null },
  logId: null,
  place: null,
  removed: false,
  me: null,
  settings: null,
  scheduled: null,
  saved: 0,
  people: {},
  peopleRev: 0,
  peopleHole: false,
  presence: {},
  presenceAt: null,
  mentioned: false,
  rooms: {},
  due: 0,
  typing: {},
  outbox: [],
  drafts: {},
  forgetful: false,
  newer: null,
  moderation: { mutes: [], blocked: [], reports: 0 },
}
