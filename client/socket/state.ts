import type { EventName, Payload } from '../../protocol/index.ts'
import type { RefusalBody } from '../../protocol/errors.ts'
import type { MessagePage, RoomChanges } from '../../protocol/messages.ts'
import type { Person } from '../../protocol/people.ts'
import type { Presence } from '../../protocol/presence.ts'
import type { MyRoom, Room } from '../../protocol/rooms.ts'
import { applyChanges, applyHead, applyPage, applyReset, newTimeline, type Timeline } from '../messages/timeline.ts'
import type { Entry } from '../messages/outbox.ts'
import { reduceNotices, type Notice } from '../presence/notices.ts'
import { reduceTyping, type Typing } from '../typing/typing.ts'
import { advance, countArrival, type Unread } from '../unread/unread.ts'

export type RoomState = { room: Room; timeline: Timeline; unread: Unread; activeAt: number; notices: readonly Notice[] }

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
}

type ServerEvent = { [E in EventName]: { type: E; payload: Payload<E>; now: number } }[EventName]

export type StateEvent =
  | ServerEvent
  | { type: 'link'; link: Partial<Link> }
  | { type: 'mine'; mine: MyRoom }
  | { type: 'synced'; changed: RoomChanges }
  | { type: 'page'; page: MessagePage; side: 'older' | 'newer' | 'reset' }
  | { type: 'people'; people: readonly Person[]; rev?: number; more?: boolean }
  | { type: 'read'; roomId: string; readUpTo: number }
  | { type: 'queued'; entry: Entry }
  | { type: 'adopted'; outbox: readonly Entry[] }
  | { type: 'unqueued'; key: string }
  | { type: 'failed'; key: string; failed: RefusalBody | null }
  | { type: 'draft'; roomId: string; text: string }
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
}

/** The one place where state changes. Knows neither React nor sockets. */
export function reduce(state: State, event: StateEvent): State {
  switch (event.type) {
    case 'hello':
      return greet(state, event.payload)
    case 'events':
      return changed(state, event.payload)
    case 'synced':
      return changed(state, event.changed)
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
      const { personId, presence } = event.payload
      const { [personId]: _, ...others } = state.presence
      return { ...state, presence: presence ? { ...others, [personId]: presence } : others }
    }
    case 'presence:notice':
      return inRoom(know(state, [event.payload.person]), event.payload.roomId, (room) => ({
        ...room,
        notices: reduceNotices(room.notices, event.payload, room.timeline.head.seq, event.now),
      }))
    case 'heads': {
      const heads = Object.entries(event.payload.rooms)
      const next = heads.reduce(
        (next, [roomId, head]) =>
          inRoom(next, roomId, (room) => ({ ...room, timeline: applyHead(room.timeline, head) })),
        state,
      )
      return event.payload.people > state.peopleRev ? { ...next, peopleHole: true } : next
    }
    case 'typing:changed':
    case 'tick':
      return { ...state, typing: reduceTyping(state.typing, event.type === 'tick' ? null : event.payload, event.now) }
    case 'read:advanced':
      return inRoom(state, event.payload.roomId, (room) => ({ ...room, unread: advance(room.unread, event.payload) }))
    case 'read':
      return inRoom(state, event.roomId, (room) => {
        const readUpTo = Math.max(room.unread.readUpTo, event.readUpTo)
        const whole = readUpTo >= room.timeline.head.seq
        return {
          ...room,
          unread: { readUpTo, base: whole ? { seq: room.timeline.head.seq, count: 0 } : room.unread.base },
        }
      })
    case 'page': {
      const { page, side } = event
      return inRoom(know(state, page.people), page.roomId, (room) => ({
        ...room,
        timeline: side === 'reset' ? applyReset(room.timeline, page) : applyPage(room.timeline, page, side),
      }))
    }
    case 'link':
      return { ...state, link: { ...state.link, ...event.link } }
    case 'queued':
      return { ...state, outbox: [...state.outbox, event.entry] }
    case 'adopted':
      return { ...state, outbox: event.outbox }
    case 'unqueued':
      return { ...state, outbox: state.outbox.filter(({ key }) => key !== event.key) }
    case 'failed':
      return {
        ...state,
        outbox: state.outbox.map((entry) => (entry.key === event.key ? { ...entry, failed: event.failed } : entry)),
      }
    case 'draft': {
      const { [event.roomId]: _, ...others } = state.drafts
      return { ...state, drafts: event.text ? { ...others, [event.roomId]: event.text } : others }
    }
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

function inRoom(state: State, roomId: string, change: (room: RoomState) => RoomState): State {
  const room = state.rooms[roomId]
  return room ? { ...state, rooms: { ...state.rooms, [roomId]: change(room) } } : state
}

function greet(before: State, hello: Payload<'hello'>): State {
  const another = before.logId !== hello.logId || before.me?.id !== hello.me.id
  const state: State = another ? { ...initialState, link: before.link, drafts: before.drafts } : before
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
  return hello.rooms.reduce(enter, know(greeted, [...hello.people, hello.me]))
}

function enter(state: State, { room, head, readUpTo, unread, activeAt }: MyRoom): State {
  const before = state.rooms[room.id]
  // A head below one's own cursor is another history: what is held of the room belongs to none.
  const timeline = before && head.rev >= before.timeline.rev ? applyHead(before.timeline, head) : newTimeline(head)
  const position = advance(before?.unread ?? { readUpTo: 0, base: { seq: 0, count: 0 } }, {
    readUpTo,
    unread,
    seq: head.seq,
  })
  const newest = before && before.room.rev > room.rev ? before.room : room
  return {
    ...state,
    rooms: {
      ...state.rooms,
      [room.id]: { room: newest, timeline, unread: position, activeAt, notices: before?.notices ?? [] },
    },
  }
}

function changed(state: State, packet: RoomChanges): State {
  const meId = state.me?.id ?? ''
  let typing = state.typing
  const next = inRoom(know(state, packet.people), packet.roomId, (before) => {
    let { room, unread, activeAt } = before
    for (const change of packet.changes) {
      if (change.type === 'room:changed' && change.room.rev > room.rev) room = change.room
      if (change.type !== 'message:changed') continue
      const { message } = change
      if (message.seq > before.timeline.head.seq) {
        unread = countArrival(unread, message, meId)
        activeAt = Math.max(activeAt, message.sentAt)
      }
      typing = reduceTyping(typing, { roomId: packet.roomId, personId: message.authorId, typing: null }, 0)
    }
    return { ...before, room, unread, activeAt, timeline: applyChanges(before.timeline, packet) }
  })
  // Only what is on screen leaves the outbox: a packet that is held for a hole before it shows nothing yet.
  const upTo = next.rooms[packet.roomId]?.timeline.rev ?? 0
  const shown = new Set(
    packet.changes.flatMap((change) =>
      change.type === 'message:changed' && change.message.authorId === meId && change.message.rev <= upTo
        ? [change.message.key]
        : [],
    ),
  )
  const outbox =
    shown.size > 0 && next.outbox.some(({ key }) => shown.has(key))
      ? next.outbox.filter(({ key }) => !shown.has(key))
      : next.outbox
  return { ...next, typing, outbox }
}
