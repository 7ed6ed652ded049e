import type { EventName, Payload } from '../../protocol/index.ts'
import type { RefusalBody } from '../../protocol/errors.ts'
import type { Message, MessagePage, RoomChanges } from '../../protocol/messages.ts'
import type { Person } from '../../protocol/people.ts'
import type { Presence } from '../../protocol/presence.ts'
import type { MyRoom } from '../../protocol/rooms.ts'
import { applyClose, applyHead, applyPage, applyReset, newTimeline } from '../messages/timeline.ts'
import { adopt, type Entry, type KeptEntry } from '../messages/outbox.ts'
import { addNotice } from '../presence/notices.ts'
import { changeRoom, enterRoom, type RoomState } from '../rooms/roomState.ts'
import { reduceTyping, type Typing } from '../typing/typing.ts'
import { advance, readHere } from '../unread/unread.ts'

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

/** The one place where state changes. Knows neither React nor sockets. */
export function reduce(state: State, event: StateEvent): State {
  switch (event.type) {
    case 'hello':
      return greet(state, event.payload)
    case 'events':
      return change(state, event.payload, event.now)
    case 'synced':
      return change(state, event.changed, null)
    case 'room:joined':
      return enter(know(state, event.payload.people), event.payload.mine)
    case 'mine':
      return enter(state, event.mine)
    case 'room:left': {
      const { [event.payload.roomId]: _, ...rooms } = state.rooms
      return { ...state, rooms }
    }
    case 'people:changed': {
      const { after, rev, people } = event.payload
      const known = know(state, people)
      return after > state.peopleRev
        ? { ...known, peopleHole: true }
        : { ...known, peopleRev: Math.max(rev, state.peopleRev) }
    }
    case 'people': {
      const known = know(state, event.people)
      return event.rev === undefined
        ? known
        : { ...known, peopleRev: Math.max(event.rev, state.peopleRev), peopleHole: event.more ?? false }
    }
    case 'presence:changed': {
      const presence: Record<string, Presence> = { ...state.presence }
      for (const [personId, now] of Object.entries(event.payload.presence)) {
        if (now) presence[personId] = now
        else delete presence[personId]
      }
      return { ...state, presence }
    }
    case 'presence:notice': {
      const { roomId } = event.payload
      const others = event.payload.notices.filter(({ person }) => person.id !== state.me?.id)
      const known = know(
        state,
        others.map(({ person }) => person),
      )
      return inRoom(known, roomId, (room) => ({
        ...room,
        notices: others.reduce(
          (notices, { person, kind }) => addNotice(notices, person, kind, room.timeline.head.seq, event.now),
          room.notices,
        ),
      }))
    }
    case 'heads': {
      const heads = Object.entries(event.payload.rooms)
      const next = heads.reduce(
        (next, [roomId, head]) => inRoom(next, roomId, (room) => withTimeline(room, applyHead(room.timeline, head))),
        state,
      )
      return event.payload.people > state.peopleRev ? { ...next, peopleHole: true } : next
    }
    case 'typing:changed':
    case 'tick':
      return type(state, reduceTyping(state.typing, event.type === 'tick' ? null : event.payload, event.now))
    case 'read:advanced':
      return inRoom(state, event.payload.roomId, (room) => ({ ...room, unread: advance(room.unread, event.payload) }))
    case 'read':
      return inRoom(state, event.roomId, (room) => ({ ...room, unread: readHere(room.unread, event.readUpTo) }))
    case 'following':
      return inRoom(state, event.roomId, (room) => ({
        ...room,
        timeline: { ...room.timeline, following: event.following },
      }))
    case 'closed':
      return inRoom(state, event.roomId, (room) => withTimeline(room, applyClose(room.timeline, event.key)))
    case 'page': {
      const { page, side } = event
      return withoutShown(
        inRoom(know(state, page.people), page.roomId, (room) =>
          withTimeline(room, side === 'reset' ? applyReset(room.timeline, page) : applyPage(room.timeline, page, side)),
        ),
      )
    }
    case 'link':
      return { ...state, link: { ...state.link, ...event.link } }
    case 'queued':
      return { ...state, outbox: [...state.outbox, event.entry] }
    case 'kept':
      return { ...state, outbox: withEntry(state.outbox, event.key, { kept: true }) }
    case 'adopted':
      return { ...state, outbox: adopt(state.outbox, event.found) }
    case 'stored':
      return store(state, event.message)
    case 'unqueued':
      return { ...state, outbox: state.outbox.filter(({ key }) => key !== event.key) }
    case 'failed':
      return { ...state, outbox: withEntry(state.outbox, event.key, { failed: event.failed }) }
    case 'draft': {
      const { [event.roomId]: _, ...others } = state.drafts
      return { ...state, drafts: event.text ? { ...others, [event.roomId]: event.text } : others }
    }
    case 'drafts':
      return { ...state, drafts: { ...event.drafts, ...state.drafts } }
    case 'newer':
      return event.build === state.newer ? state : { ...state, newer: event.build }
    case 'recalled': {
      const { type: _type, ...recalled } = event
      return { ...state, ...recalled }
    }
    case 'forgetful':
      return event.forgetful === state.forgetful ? state : { ...state, forgetful: event.forgetful }
  }
}

function know(state: State, people: readonly Person[]): State {
  const newer = people.filter(({ id, rev }) => rev > (state.people[id]?.rev ?? 0))
  if (newer.length === 0) return state
  const me = newer.find(({ id }) => id === state.me?.id) ?? state.me
  return {
    ...state,
    me,
    people: { ...state.people, ...Object.fromEntries(newer.map((person) => [person.id, person])) },
  }
}

const type = (state: State, typing: Typing): State => (typing === state.typing ? state : { ...state, typing })

function inRoom(state: State, roomId: string, change: (room: RoomState) => RoomState): State {
  const room = state.rooms[roomId]
  const next = room && change(room)
  return next === undefined || next === room ? state : { ...state, rooms: { ...state.rooms, [roomId]: next } }
}

/** The same room if it is the same timeline: what has not changed is not drawn again. */
const withTimeline = (room: RoomState, timeline: RoomState['timeline']): RoomState =>
  timeline === room.timeline ? room : { ...room, timeline }

function greet(before: State, hello: Payload<'hello'>): State {
  const mine = before.me?.id === hello.me.id ? { outbox: before.outbox, drafts: before.drafts } : {}
  const another = before.logId !== hello.logId || before.me?.id !== hello.me.id
  // Another log is another history, after a restore: what is held of it is dropped, what is still to be sent is not.
  const state: State = another
    ? { ...initialState, link: before.link, forgetful: before.forgetful, newer: before.newer, ...mine }
    : before
  const kept = Object.fromEntries(
    Object.entries(state.rooms).filter(([id]) => hello.rooms.some(({ room }) => room.id === id)),
  )
  const greeted: State = {
    ...state,
    logId: hello.logId,
    me: hello.me,
    presence: hello.presence,
    peopleHole: state.peopleRev > 0 && hello.peopleRev > state.peopleRev,
    peopleRev: state.peopleRev || hello.peopleRev,
    typing: {},
    rooms: kept,
  }
  const entered = hello.rooms.reduce(enter, know(greeted, [...hello.people, hello.me]))
  return before.link.phase === 'connecting' ? hello.rooms.reduce(reopen, entered) : entered
}

/** What an earlier page was shown is on screen, and more is unread: the room opens once more, where reading stopped. */
function reopen(state: State, { room, head, unread }: MyRoom): State {
  return inRoom(state, room.id, (one) =>
    unread > 0 ? { ...one, timeline: { ...newTimeline(head), messages: one.timeline.messages } } : one,
  )
}

function enter(state: State, mine: MyRoom): State {
  return { ...state, rooms: { ...state.rooms, [mine.room.id]: enterRoom(state.rooms[mine.room.id], mine) } }
}

/** `now` is null for what is told afterwards. */
function change(before: State, packet: RoomChanges, now: number | null): State {
  const known = know(before, packet.people)
  const { me, people } = known
  const state = inRoom(known, packet.roomId, (room) => changeRoom(room, packet, { me, people, now }))
  const messages = packet.changes.flatMap((one) => (one.type === 'message:changed' ? [one.message] : []))
  const newest = before.rooms[packet.roomId]?.timeline.head.seq ?? 0
  const typing = messages
    .filter(({ seq }) => seq > newest)
    .reduce(
      (all, { roomId, authorId }) => reduceTyping(all, { roomId, personId: authorId, typing: null }, 0),
      state.typing,
    )
  // Only what is on screen leaves the outbox: a packet that is held for a hole before it shows nothing yet.
  const mine = messages.filter(({ authorId }) => authorId === me?.id)
  return withoutShown({ ...state, typing, outbox: mine.reduce(mark, state.outbox) })
}

/** The server has it. The answer may come before the packet, or the packet may be lost: the message itself is the same. */
function store(state: State, message: Message): State {
  const marked = { ...state, outbox: mark(state.outbox, message) }
  const { roomId, rev } = message
  if (rev <= (state.rooms[roomId]?.timeline.rev ?? Infinity)) return withoutShown(marked)
  const changes = [{ type: 'message:changed' as const, message }]
  return change(marked, { roomId, after: rev - 1, rev, changes, people: state.me ? [state.me] : [] }, null)
}

const withEntry = (outbox: readonly Entry[], key: string, change: Partial<Entry>): readonly Entry[] =>
  outbox.some((entry) => entry.key === key)
    ? outbox.map((entry) => (entry.key === key ? { ...entry, ...change } : entry))
    : outbox

const mark = (outbox: readonly Entry[], { key, rev }: Message): readonly Entry[] => withEntry(outbox, key, { rev })

/** What is stored, and covered by what this tab knows of its room, leaves the outbox. */
function withoutShown(state: State): State {
  const outbox = state.outbox.filter(
    ({ rev, roomId }) => rev === null || rev > (state.rooms[roomId]?.timeline.rev ?? Infinity),
  )
  return outbox.length < state.outbox.length ? { ...state, outbox } : state
}
