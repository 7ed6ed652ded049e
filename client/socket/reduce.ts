import type { Presence } from '../../protocol/presence.ts'
import { adopt } from '../messages/outbox.ts'
import { applyClose, applyHead, applyPage, applyReset } from '../messages/timeline.ts'
import { addNotice } from '../presence/notices.ts'
import { reduceTyping, type Typing } from '../typing/typing.ts'
import { advance, readHere } from '../unread/unread.ts'
import type { State, StateEvent } from './state.ts'
import { change, enter, greet, inRoom, know, store, withEntry, withoutShown, withTimeline } from './transitions.ts'

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

const type = (state: State, typing: Typing): State => (typing === state.typing ? state : { ...state, typing })
