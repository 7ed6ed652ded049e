import type { Person } from '../../protocol/people.ts'
import type { Presence } from '../../protocol/presence.ts'
import type { Alerts, Preview, Room } from '../../protocol/rooms.ts'
import { saidWith } from '../mentions/plain.ts'
import { unknown } from '../messages/rows.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { list, words } from '../ui/words.ts'
import { countsOf, quietFor } from '../unread/unread.ts'

export type RoomRow = {
  id: string
  kind: Room['kind']
  name: string
  isDefault: boolean
  /** 100 means more than 99. */
  unread: number
  /** So many of them are for me. */
  forYou: number
  /** Whom a conversation is with. */
  others: readonly Person[]
  /** Of the first of them: of interest in a conversation of two. */
  presence: Presence | null
  archived: boolean
  /** Its place among one's favourites, or none. */
  favourite: number | null
  /** What was said last, and by whom; and when, in milliseconds since the Unix epoch. */
  preview: string
  activeAt: number
  isMuted: boolean
}

/** Everybody else whom a conversation was begun with, by name; in another room, nobody. */
export const othersIn = (
  { people: ids }: Room,
  { people, me }: { people: Readonly<Record<string, Person>>; me: Person | null },
): Person[] =>
  ids
    .filter((id) => id !== me?.id)
    .map((id) => people[id] ?? unknown)
    .sort((a, b) => a.name.localeCompare(b.name))

/** What a room is called: a conversation as the others in it. */
export const titleOf = ({ name }: Room, others: readonly Person[]): string =>
  list.format(others.map((other) => other.name)) || name

/**
 * My rooms, those that are put away among `all` only: favourites first in their order, then those that have a name by it, the
 * default one first, and the direct ones by recency.
 */
export function useRooms(): { all: RoomRow[]; rooms: RoomRow[]; direct: RoomRow[]; forYou: number; ready: boolean } {
  'use memo'
  const all = useStore(({ rooms }) => rooms)
  const people = useStore((state) => state.people)
  const presence = useStore((state) => state.presence)
  const me = useStore((state) => state.me)
  const due = useStore((state) => state.due)
  const quiet = quietFor(
    me,
    useStore((state) => state.moderation),
  )

  function previewOf(last: Preview | null, isDirect: boolean): string {
    if (!last) return words.nothingSaid
    const name = last.authorId === me?.id ? words.you : (people[last.authorId]?.name ?? '')
    if (last.deleted) return words.deleted([last.moderated ? words.moderator : name], 1)
    // The first of them is me.
    if (quiet.indexOf(last.authorId) > 0) return words.blocked
    const text = words.asked(last.poll, saidWith(people, last.text)) || words.files(last.files)
    return isDirect && name !== words.you ? text : words.said(name, text)
  }

  const rows = Object.values(all).map((state): RoomRow => {
    const { room, last, activeAt, alerts, favourite } = state
    const others = othersIn(room, { people, me })
    return {
      id: room.id,
      kind: room.kind,
      name: titleOf(room, others),
      isDefault: room.isDefault,
      ...countsOf(state, quiet),
      others,
      presence: presence[others[0]?.id ?? ''] ?? null,
      preview: previewOf(last, others.length === 1),
      activeAt,
      isMuted: isMuted(alerts),
      archived: room.archived,
      favourite,
    }
  })
  const byFavour = (a: RoomRow, b: RoomRow) => (a.favourite ?? Infinity) - (b.favourite ?? Infinity)
  const byName = (a: RoomRow, b: RoomRow) => Number(b.isDefault) - Number(a.isDefault) || a.name.localeCompare(b.name)
  const shown = rows.filter(({ kind, archived }) => kind === 'direct' || !archived)
  return {
    all: rows,
    rooms: rows
      .filter(({ kind, archived }) => kind !== 'direct' && !archived)
      .sort((a, b) => byFavour(a, b) || byName(a, b)),
    direct: rows.filter(({ kind }) => kind === 'direct').sort((a, b) => byFavour(a, b) || b.activeAt - a.activeAt),
    forYou: shown.reduce((sum, room) => sum + room.forYou, due),
    ready: me !== null,
  }
}

/** What is not to be heard of is not to be seen either, but for what is for me. */
const isMuted = ({ level, mutedUntil }: Alerts) => level === 'nothing' || mutedUntil !== null

/** The conversation of two with somebody, made if there was none. */
export function useDirect() {
  const { store, request } = useSocket()
  return async (personId: string) => {
    const answer = await request('room:direct', { personId })
    if (answer.ok) store.dispatch({ type: 'mine', mine: answer.data })
    return answer
  }
}
