import type { EventName, Payload } from '../../protocol/index.ts'
import type { RefusalBody } from '../../protocol/errors.ts'
import type { Message, MessagePage, RoomChanges } from '../../protocol/messages.ts'
import type { Person } from '../../protocol/people.ts'
import type { Presence } from '../../protocol/presence.ts'
import type { MyRoom } from '../../protocol/rooms.ts'
import type { Entry, KeptEntry } from '../messages/outbox.ts'
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
  me: Person | null
  people: Readonly<Record<string, Person>>
  peopleRev: number
  peopleHole: boolean
  presence: Readonly<Record<string, Presence>>
  rooms: Readonly<Record<string, RoomState>>
  typing: Typing
  outbox: readonly Entry[]
  drafts: Readonly<Record<string, string>>
  /** This browser keeps nothing: blocked, or full. */
  forgetful: boolean
  /** The server's build, where it is a newer one than this page's. */
  newer: string | null
}

/** What the server tells of the place; that it is about to end is for the connection alone. */
type Told = Exclude<EventName, 'restarting'>
type ServerEvent = { [E in Told]: { type: E; payload: Payload<E>; now: number } }[Told]

export type StateEvent =
  | ServerEvent
  | { type: 'link'; link: Partial<Link> }
  | { type: 'mine'; mine: MyRoom }
  | { type: 'synced'; changed: RoomChanges }
  | { type: 'page'; page: MessagePage; side: 'older' | 'newer' | 'reset' }
  | { type: 'people'; people: readonly Person[]; rev?: number; more?: boolean }
  | { type: 'read'; roomId: string; readUpTo: number }
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
  | { type: 'forgetful'; forgetful: boolean }
  | { type: 'newer'; build: string | null }
  | ({ type: 'recalled' } & Pick<State, 'people' | 'peopleRev' | 'rooms'> & { me: Person; logId: string })
  | { type: 'tick'; now: number }

export const initialState: State = {
  link: { phase: 'connecting', since: 0, back: null },
  logId: null,
  me: null,
  people: {},
  peopleRev: 0,
  peopleHole: false,
  presence: {},
  rooms: {},
  typing: {},
  outbox: [],
  drafts: {},
  forgetful: false,
  newer: null,
}
