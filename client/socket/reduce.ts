import { adopt } from '../messages/outbox.ts'
import { applyClose, applyHead, applyPage, applyReset } from '../messages/timeline.ts'
import { addNotice } from '../presence/notices.ts'
import { arrange } from '../rooms/roomState.ts'
import { reduceTyping, type Typing } from '../typing/typing.ts'
import { advance, quietFor, readHere } from '../unread/unread.ts'
import type { State, StateEvent } from './state.ts'
import {
  change,
  endInTime,
  enter,
  greet,
  inRoom,
  keepStored,
  know,
  present,
  withEntry,
  withoutShown,
  withTimeline,
  withUnread,
} from './transitions.ts'

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
    case 'room:arranged':
      return { ...state, rooms: arrange(state.rooms, event.payload.roomIds) }
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
    case 'presence:changed':
      return { ...state, ...present(state.presence, event.payload) }
    case 'presence:notice': {
      const { roomId } = event.payload
      const others = event.payload.notices.filter(
        ({ person }) => !quietFor(state.me, state.moderation).includes(person.id),
      )
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
    case 'people:removed':
      return { ...state, removed: true }
    case 'push:changed':
      return inRoom(state, event.payload.roomId, (room) => ({ ...room, alerts: event.payload.alerts }))
    case 'moderation:changed':
      return { ...state, moderation: event.payload }
    case 'place:changed':
      return { ...state, place: event.payload }
    case 'settings:changed':
      return { ...state, settings: event.payload }
    case 'saved:changed':
      return { ...state, saved: state.saved + 1 }
    case 'scheduled:changed':
      return { ...state, scheduled: event.payload.scheduled }
    case 'typing:changed':
      return withTyping(state, reduceTyping(state.typing, event.payload, event.now))
    case 'tick':
      return endInTime(withTyping(state, reduceTyping(state.typing, null, event.now)), event.at)
    case 'read:advanced':
      return inRoom(state, event.payload.roomId, (room) => withUnread(room, advance(room.unread, event.payload)))
    case 'read':
      return inRoom(state, event.roomId, (room) => withUnread(room, readHere(room.unread, event.readUpTo)))
    case 'unread':
      return inRoom(state, event.roomId, (room) => withUnread(room, event.unread))
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
    case 'beside':
      return inRoom(state, event.roomId, (room) => withTimeline(room, { ...room.timeline, beside: event.beside }))
    case 'link':
      return { ...state, link: { ...state.link, ...event.link } }
    case 'queued':
      return { ...state, outbox: [...state.outbox, event.entry] }
    case 'kept':
      return { ...state, outbox: withEntry(state.outbox, event.key, { kept: true }) }
    case 'adopted':
      return { ...state, outbox: adopt(state.outbox, event.found) }
    case 'stored':
      return keepStored(state, event.message)
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
    case 'due':
      return { ...state, due: event.due }
    case 'forgetful':
      return event.forgetful === state.forgetful ? state : { ...state, forgetful: event.forgetful }
  }
}

const withTyping = (state: State, typing: Typing): State => (typing === state.typing ? state : { ...state, typing })
