import { beginningOf } from '../../protocol/mentions.ts'
import type { RoomChanges } from '../../protocol/changes.ts'
import type { Message } from '../../protocol/messages.ts'
import type { Person } from '../../protocol/people.ts'
import type { Alerts, MyRoom, Preview, Room } from '../../protocol/rooms.ts'
import { applyChanges, applyHead, newTimeline, type Timeline } from '../messages/timeline.ts'
import { addNotice, type Notice } from '../presence/notices.ts'
import { advance, countArrival, nothingRead, type Quiet, type Unread } from '../unread/unread.ts'

/** One room of mine, as far as this tab knows it. */
export type RoomState = {
  room: Room
  timeline: Timeline
  unread: Unread
  last: Preview | null
  activeAt: number
  alerts: Alerts
  /** Its place among my favourites, from 1 on, or null. */
  favourite: number | null
  notices: readonly Notice[]
  /** Newest change of a membership that this tab has heard of: whoever shows the members asks again when it rises. */
  membersRev: number
}

/** What the server says of one of my rooms, on connecting or on joining. */
export function enterRoom(
  before: RoomState | undefined,
  { room, head, last, readUpTo, readRev, unread, forYou, activeAt, alerts, favourite }: MyRoom,
): RoomState {
  // A head below one's own cursor is another history: what is held of the room belongs to none.
  // Of a room that was never opened nothing is shown, and what is unread in it the server has just said.
  const goesOn = before?.timeline.loaded && head.rev >= before.timeline.rev
  const timeline = goesOn ? applyHead(before.timeline, head) : newTimeline(head)
  return {
    room: before && before.room.rev > room.rev ? before.room : room,
    timeline,
    unread: advance(before?.unread ?? nothingRead, { readUpTo, rev: readRev, unread, forYou, seq: head.seq }),
    last,
    activeAt,
    alerts,
    favourite,
    notices: before?.notices ?? [],
    membersRev: head.rev,
  }
}

/** My favourites are these now, in this order. */
export const arrange = (
  rooms: Readonly<Record<string, RoomState>>,
  roomIds: readonly string[],
): Readonly<Record<string, RoomState>> =>
  Object.fromEntries(
    Object.entries(rooms).map(([id, room]) => [id, { ...room, favourite: roomIds.indexOf(id) + 1 || null }]),
  )

/** What a commit changed, or a page of what was missed. `people` knows everybody it speaks of; `now` is null for the latter. */
export function changeRoom(
  before: RoomState,
  packet: RoomChanges,
  { quiet, people, now }: { quiet: Quiet; people: Readonly<Record<string, Person>>; now: number | null },
): RoomState {
  let { room, unread, last, activeAt, notices, membersRev } = before
  for (const change of packet.changes) {
    if (change.type === 'room:changed') {
      if (change.room.rev > room.rev) room = change.room
      continue
    }
    if (change.type === 'member:changed') {
      const { rev, personId, present } = change.member
      if (rev <= membersRev) continue
      membersRev = rev
      const person = people[personId]
      // Everybody comes into the default room with their first step into the place, which has a notice of its own.
      if (now !== null && person && !quiet.includes(personId) && room.people.length !== 2 && !room.isDefault) {
        notices = addNotice(notices, person, present ? 'joined' : 'left', before.timeline.head.seq, now)
      }
      continue
    }
    const { seq, rev, sentAt } = change.message
    unread = countArrival(unread, change.message, quiet)
    if (seq < (last?.seq ?? 0) || rev <= (last?.rev ?? 0)) continue
    if (seq > (last?.seq ?? 0)) activeAt = sentAt
    last = previewOf(change.message)
  }
  return {
    ...before,
    room,
    unread,
    last,
    activeAt,
    notices,
    membersRev,
    timeline: applyChanges(before.timeline, packet),
  }
}

/** The beginning of a message, as the server tells it. */
export const previewOf = ({ seq, rev, authorId, body, poll, files, sentAt, deleted, moderated }: Message): Preview => ({
  seq,
  rev,
  authorId,
  text: beginningOf(body),
  ...(poll && { poll: true }),
  files,
  sentAt,
  deleted,
  moderated,
})
