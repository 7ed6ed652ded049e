import { Refusal } from '../protocol/errors.ts'
import { CALL_LIMIT } from '../protocol/limits.ts'
import type { Message } from '../protocol/messages.ts'
import type { Moderation } from '../protocol/moderation.ts'
import type { Room } from '../protocol/rooms.ts'
import type { Person, Role } from '../protocol/people.ts'
import type { Join, PlaceState } from '../protocol/place.ts'
import { roomOf, type Context, type Place } from './socket/context.ts'
import { isAbove, isAtLeast, mustBeAbove, mustBeAtLeast } from './ranks.ts'
import { isLocal } from './socket/origin.ts'
import type { KeptFile } from './store/files.ts'
import { isManager } from './store/managers.ts'
import { muted } from './store/muted.ts'
import type { Store } from './store/store.ts'
import { mustBeWritable } from './whoWrites.ts'

export { mustBeAbove, mustBeAtLeast }

/** Owners and admins look after the place. */
export const looksAfter = (one: { role: Role }): boolean => isAtLeast(one, 'admin')

/** Visitors' names prove nothing, and programs come by a token. */
export function mustHaveAccount({ role }: { role: Role }): void {
  if (role === 'visitor' || role === 'bot')
    throw new Refusal('forbidden', 'Only people with a place of their own here can sign in.')
}

/**
 * Who may come in: as whoever runs the server says; or as its owners do; or everybody, as long as nobody else can reach it
 * than who sits at this machine.
 */
export function joinOf({ config, settings }: Pick<Place, 'config' | 'settings'>): Join {
  const isOnlyHere = isLocal(config.HOST) && config.ORIGIN.length === 0 && !config.TRUST_PROXY('127.0.0.1', 0)
  return config.JOIN ?? settings.join ?? (isOnlyHere ? 'open' : 'invite')
}

export const stateOf = (place: Pick<Place, 'config' | 'settings'>): PlaceState => ({
  name: place.settings.name,
  join: joinOf(place),
  joinIsFixed: place.config.JOIN !== undefined,
  ...(place.settings.emojiRev !== undefined && { emojiRev: place.settings.emojiRev }),
})

/** Somebody as those see them who are not in: under their name. What they say of themselves is for those who are. */
export const faceOf = ({ id, rev, name, role, gone, tint }: Person): Person => ({ id, rev, name, role, gone, tint })

/** Rooms you are not in look exactly like rooms that do not exist. */
export async function mustBeMember(store: Store, me: { id: string }, roomId: string): Promise<void> {
  if (!(await store.rooms.hasMember(roomId, me.id))) throw new Refusal('not_found', 'No such room.')
}

/** As `mustBeMember`, on a connection: whoever hears a room is in it, and is not looked up. */
export async function mustBeIn({ socket, store, me }: Context, roomId: string): Promise<void> {
  if (!socket.rooms.has(roomOf(roomId))) await mustBeMember(store, me, roomId)
}

const manages = (me: Pick<Person, 'id' | 'role'>, room: Room): boolean => isManager(me.id, looksAfter(me), room)

/** Many at once are for members of the place to call; in a large room for those who look after it. */
export async function mustCall(store: Store, me: Pick<Person, 'id' | 'role'>, room: Room): Promise<void> {
  if (!isAtLeast(me, 'member')) throw new Refusal('forbidden', 'Only members of the place may write to @here or @room.')
  if (manages(me, room)) return
  const { total } = await store.rooms.members({ roomId: room.id, limit: 1 })
  if (total > CALL_LIMIT)
    throw new Refusal(
      'forbidden',
      `More than ${CALL_LIMIT} people are in this room: only who made it, and owners and admins, may write to @here or @room.`,
    )
}

/** Looks after a room, and is in it. */
export async function mustManage(store: Store, me: Person, roomId: string): Promise<void> {
  await mustBeMember(store, me, roomId)
  await mustLookAfter(store, me, roomId)
}

/** In the room, and one of those who write there. */
export async function mustWrite(store: Store, me: Person, roomId: string): Promise<Room> {
  await mustBeMember(store, me, roomId)
  const room = await store.rooms.get(roomId)
  if (!room) throw new Refusal('not_found', 'No such room.')
  mustBeWritable(room, manages(me, room))
  return room
}

/**
 * Who may begin a conversation of these people. A visitor proves nothing. A guest is with people they share a room with: bringing
 * them to others is for those who look after the place.
 */
export async function mustBringTogether(store: Store, me: Person, otherIds: readonly string[]): Promise<void> {
  const others = await store.people.get(otherIds)
  if (others.length < new Set(otherIds).size || others.some(({ gone }) => gone))
    throw new Refusal('not_found', 'No such person.')
  const visitor = others.find(({ role }) => role === 'visitor')
  if (visitor) throw new Refusal('forbidden', `${visitor.name} is a visitor and hears only the first room.`)
  if (isAtLeast(me, 'admin')) return
  const all = [me, ...others]
  for (const guest of all.filter(({ role }) => role === 'guest')) {
    const strangers = all.filter(({ id }) => id !== guest.id)
    const met = await store.rooms.sharedWith(
      guest.id,
      strangers.map(({ id }) => id),
    )
    const stranger = strangers.find(({ id }) => !met.includes(id))
    if (!stranger) continue
    const who = guest.id === me.id ? 'You are a guest, and share' : `${guest.name} is a guest, and shares`
    throw new Refusal('forbidden', `${who} no room with ${stranger.id === me.id ? 'you' : stranger.name}.`)
  }
}

/** A message is its author's to change, for as long as they are in the room. */
export async function mustBeAuthor(
  store: Store,
  me: { id: string },
  { roomId, seq }: { roomId: string; seq: number },
): Promise<Message> {
  await mustBeMember(store, me, roomId)
  const message = await store.messages.get(roomId, seq)
  if (!message) throw new Refusal('not_found', 'No such message.')
  if (message.authorId !== me.id) throw new Refusal('forbidden', 'Only who wrote a message may change it.')
  return message
}

/** What may be read without being in it: public rooms are there to be looked into before joining, except by guests. */
export async function mustBeVisible(store: Store, me: Reader, roomId: string): Promise<Room> {
  const room = await seen(store, me, roomId)
  if (!room) throw new Refusal('not_found', 'No such room.')
  return room
}

/** A file is for who may read its message, and before that for who uploads it. To anybody else there is none. */
export async function mustBeShown(
  store: Store,
  me: Reader,
  { roomId, uploaderId, seq, isGone }: Pick<KeptFile, 'roomId' | 'uploaderId' | 'seq' | 'isGone'>,
): Promise<void> {
  const isMine = seq === null && uploaderId === me.id
  const isRead = seq !== null && !isGone && (await seen(store, me, roomId)) !== null
  if (!isMine && !isRead) throw new Refusal('not_found', 'There is no such file.')
}

type Reader = Pick<Person, 'id' | 'role'>

async function seen(store: Store, me: Reader, roomId: string): Promise<Room | null> {
  const room = await store.rooms.get(roomId)
  if (room?.kind === 'public' && isAtLeast(me, 'member')) return room
  return (await store.rooms.hasMember(roomId, me.id)) ? room : null
}

/** What of this is of a room that somebody sees, or of none. */
export async function seenOf<T extends { roomId: string | null }>(
  store: Store,
  me: Reader,
  all: readonly T[],
): Promise<T[]> {
  const isSeen = await Promise.all(
    all.map(async ({ roomId }) => roomId === null || (await seen(store, me, roomId)) !== null),
  )
  return all.filter((_, i) => isSeen[i])
}

/**
 * Owners and admins look after all public rooms and those they are in, and whoever made a room after that one; nobody after a
 * conversation. Null is the place as a whole.
 */
export async function mustLookAfter(store: Store, me: Person, roomId: string | null): Promise<void> {
  if (roomId === null) return mustBeAtLeast(me, 'admin')
  const room = await mustBeVisible(store, me, roomId)
  if (room.kind === 'direct') throw new Refusal('forbidden', 'A conversation is as it is.')
  const made = room.madeBy === me.id && (await store.rooms.hasMember(roomId, me.id))
  if (!made && !looksAfter(me))
    throw new Refusal('forbidden', 'Only who made this room, and owners and admins, may do that.')
}

/** What is done to somebody is for those above them; in a room of one's own, for its maker too, but to nobody who looks after the place. */
export async function mustBeOver(store: Store, me: Person, personId: string, roomId: string | null): Promise<void> {
  await mustLookAfter(store, me, roomId)
  const [other] = await store.people.get([personId])
  if (!other) throw new Refusal('not_found', 'No such person.')
  if (other.id === me.id) throw new Refusal('forbidden', 'That is you.')
  const isMaker = roomId !== null && !looksAfter(me) && !looksAfter(other)
  if (!isMaker && !isAbove(me, other.role))
    throw new Refusal('forbidden', `${other.name} looks after this place too: that is for somebody above them to do.`)
}

/** One deletes what one has written, and what somebody below oneself has where one looks after it. */
export async function mustBeDeletable(
  store: Store,
  me: Person,
  { roomId, seq }: { roomId: string; seq: number },
): Promise<Message> {
  await mustBeVisible(store, me, roomId)
  const message = await store.messages.get(roomId, seq)
  const isMine = message?.authorId === me.id
  // Of one's own it is asked as of every other that is not there: whoever has left has nothing here any more.
  if (isMine || !looksAfter(me)) await mustBeMember(store, me, roomId)
  if (!message) throw new Refusal('not_found', 'No such message.')
  if (!isMine) await mustBeOver(store, me, message.authorId, roomId)
  return message
}

/** For whatever is written that is no message. Null is what is of no room yet. */
export async function mustNotBeMuted(store: Store, me: Person, roomId: string | null): Promise<void> {
  const mutes = await store.moderation.mutes(me.id)
  const mine = mutes.filter((mute) => mute.roomId === null || mute.roomId === roomId)
  if (mine.length > 0) throw muted(Math.max(...mine.map(({ until }) => until)))
}

/** No conversation is begun where one has blocked another. Which of them has is not told, nor that somebody has. */
export async function mustBeOnTerms(store: Store, me: Person, otherIds: readonly string[]): Promise<void> {
  const between = await Promise.all(otherIds.map((id) => store.blocks.between(me.id, id)))
  if (!between.includes(true)) return
  const people = new Set([me.id, ...otherIds])
  const mine = await store.rooms.mine(me.id)
  const isBegun = ({ room }: (typeof mine)[number]) =>
    room.kind === 'direct' && room.people.length === people.size && room.people.every((id) => people.has(id))
  if (!mine.some(isBegun))
    throw new Refusal(
      'forbidden',
      otherIds.length === 1
        ? 'No conversation can be begun with this person just now.'
        : 'No conversation can be begun with these people just now.',
    )
}

export async function moderationOf(store: Store, me: Person): Promise<Moderation> {
  const [mutes, blocked, reports] = await Promise.all([
    store.moderation.mutes(me.id),
    store.blocks.list(me.id),
    looksAfter(me) ? store.reports.count(me.id) : 0,
  ])
  // One can be muted in a room before one is in it, and learns then of nothing that one may not see.
  return { mutes: await seenOf(store, me, mutes), blocked, reports }
}
