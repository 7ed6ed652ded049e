import type { Payload } from '../../protocol/index.ts'
import { reaches } from '../../protocol/mentions.ts'
import type { RoomChanges } from '../../protocol/changes.ts'
import type { Message } from '../../protocol/messages.ts'
import type { Person } from '../../protocol/people.ts'
import type { Presence } from '../../protocol/presence.ts'
import type { MyRoom } from '../../protocol/rooms.ts'
import type { Entry } from '../messages/outbox.ts'
import { newTimeline } from '../messages/timeline.ts'
import { changeRoom, enterRoom, type RoomState } from '../rooms/roomState.ts'
import { reduceTyping } from '../typing/typing.ts'
import { quietFor } from '../unread/unread.ts'
import { initialState, type State } from './state.ts'

/** What several events have in common, and the larger of the steps: everything pure, from one state to the next. */

export function know(state: State, people: readonly Person[]): State {
  return put(
    state,
    people.filter(({ id, rev }) => rev > (state.people[id]?.rev ?? 0)),
  )
}

/** A status and a mute end on time, by the server's clock, whether or not the server can be heard. */
export function endInTime(before: State, now: number): State {
  const isOver = (until: number | null | undefined) => until != null && until <= now
  const over = Object.values(before.people).filter(({ status }) => isOver(status?.until))
  const known = put(
    before,
    over.map((person) => ({ ...person, status: undefined })),
  )
  const heard = Object.values(known.rooms).filter(({ alerts }) => isOver(alerts.mutedUntil))
  const state = heard.reduce(
    (next, { room, alerts }) => inRoom(next, room.id, (one) => ({ ...one, alerts: { ...alerts, mutedUntil: null } })),
    known,
  )
  const { moderation } = state
  const mutes = moderation.mutes.filter(({ until }) => !isOver(until))
  return mutes.length < moderation.mutes.length ? { ...state, moderation: { ...moderation, mutes } } : state
}

function put(state: State, people: readonly Person[]): State {
  if (people.length === 0) return state
  const me = people.find(({ id }) => id === state.me?.id) ?? state.me
  return {
    ...state,
    me,
    people: { ...state.people, ...Object.fromEntries(people.map((person) => [person.id, person])) },
  }
}

export function inRoom(state: State, roomId: string, change: (room: RoomState) => RoomState): State {
  const room = state.rooms[roomId]
  const next = room && change(room)
  return next === undefined || next === room ? state : { ...state, rooms: { ...state.rooms, [roomId]: next } }
}

/** The same room if it is the same timeline: what has not changed is not drawn again. */
export const withTimeline = (room: RoomState, timeline: RoomState['timeline']): RoomState =>
  timeline === room.timeline ? room : { ...room, timeline }

export const withUnread = (room: RoomState, unread: RoomState['unread']): RoomState =>
  unread === room.unread ? room : { ...room, unread }

/** Who is here by now: whoever is told to be null is not. */
export function present(
  before: State['presence'],
  told: Payload<'presence:changed'>,
): Pick<State, 'presence' | 'presenceAt'> {
  const all = Object.entries({ ...before, ...told.presence })
  const presence = Object.fromEntries(all.filter((one): one is [string, Presence] => one[1] !== null))
  return { presence, presenceAt: told.presenceAt }
}

export function greet(before: State, hello: Payload<'hello'>): State {
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
    place: hello.place,
    me: hello.me,
    settings: hello.settings,
    ...present(hello.presenceSince === undefined ? {} : before.presence, hello),
    mentioned: hello.mentioned || state.mentioned,
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

export function enter(state: State, mine: MyRoom): State {
  return { ...state, rooms: { ...state.rooms, [mine.room.id]: enterRoom(state.rooms[mine.room.id], mine) } }
}

/** `now` is null for what is told afterwards. */
export function change(before: State, packet: RoomChanges, now: number | null): State {
  const known = know(before, packet.people)
  const { me, people } = known
  const quiet = quietFor(me, known.moderation)
  const state = inRoom(known, packet.roomId, (room) => changeRoom(room, packet, { quiet, people, now }))
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
  const mentioned = state.mentioned || messages.some((one) => me !== null && reaches(one, me.id))
  return withoutShown({ ...state, typing, mentioned, outbox: mine.reduce(mark, state.outbox) })
}

/** The server has it. The answer may come before the packet, or the packet may be lost: the message itself is the same. */
export function keepStored(state: State, message: Message): State {
  const marked = { ...state, outbox: mark(state.outbox, message) }
  const { roomId, rev } = message
  if (rev <= (state.rooms[roomId]?.timeline.rev ?? Infinity)) return withoutShown(marked)
  const changes = [{ type: 'message:changed' as const, message }]
  return change(marked, { roomId, after: rev - 1, rev, changes, people: state.me ? [state.me] : [] }, null)
}

export const withEntry = (outbox: readonly Entry[], key: string, change: Partial<Entry>): readonly Entry[] =>
  outbox.some((entry) => entry.key === key)
    ? outbox.map((entry) => (entry.key === key ? { ...entry, ...change } : entry))
    : outbox

const mark = (outbox: readonly Entry[], { key, rev }: Message): readonly Entry[] => withEntry(outbox, key, { rev })

/** What is stored, and covered by what this tab knows of its room, leaves the outbox. */
export function withoutShown(state: State): State {
  const outbox = state.outbox.filter(
    ({ rev, roomId }) => rev === null || rev > (state.rooms[roomId]?.timeline.rev ?? Infinity),
  )
  return outbox.length < state.outbox.length ? { ...state, outbox } : state
}
