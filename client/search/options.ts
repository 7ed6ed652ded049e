import type { Person } from '../../protocol/people.ts'
import type { RoomRow } from '../rooms/useRooms.ts'
import type { Piece } from './excerpt.ts'

/** Where one can go. */
export type Option = { type: 'room'; id: string; room: RoomRow } | { type: 'person'; id: string; person: Person }

/** As many as are looked through at a glance. */
const MOST = 8
/** What waits for me, and where I was, before anything is typed. */
const MOST_BEFORE = 12

/** As the server folds it, as far as names need it. */
export const foldedName = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** How well a name fits what was typed: it begins so, a word of it does, it has the letters in this order; null if it does not. */
export function fitOf(name: string, typed: string): number | null {
  const [text, query] = [foldedName(name), foldedName(typed)]
  if (text.startsWith(query)) return 0
  for (const { index } of text.matchAll(/[\p{L}\p{N}]+/gu)) if (text.startsWith(query, index)) return 1
  // Without spaces, any character may begin a word.
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(query) && text.includes(query))
    return 1
  let at = -1
  for (const letter of query.replaceAll(' ', '')) {
    at = text.indexOf(letter, at + 1)
    if (at < 0) return null
  }
  return query.length > 1 ? 2 : null
}

/** A name, marked where a word of it begins as was typed. */
export function markedName(name: string, typed: string): Piece[] {
  const query = foldedName(typed)
  for (const { index } of name.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]|\p{Script=Han}/gu)) {
    if (query === '' || !foldedName(name.slice(index)).startsWith(query)) continue
    let end = index
    while (foldedName(name.slice(index, end)).length < query.length) end++
    while (/\p{M}/u.test(name[end] ?? '')) end++
    return [
      { text: name.slice(0, index), marked: false },
      { text: name.slice(index, end), marked: true },
      { text: name.slice(end), marked: false },
    ].filter(({ text }) => text !== '')
  }
  return [{ text: name, marked: false }]
}

type Places = { rooms: readonly RoomRow[]; people: readonly Person[]; openRoomId: string | null }

/** Rooms with something for me, then unread ones, then those that something happened in last. */
function waiting({ rooms, openRoomId }: Places): Option[] {
  return rooms
    .filter(({ id, archived }) => id !== openRoomId && !archived)
    .sort(
      (a, b) =>
        Number(b.forYou > 0) - Number(a.forYou > 0) ||
        Number(b.unread > 0) - Number(a.unread > 0) ||
        b.activeAt - a.activeAt,
    )
    .slice(0, MOST_BEFORE)
    .map((room) => ({ type: 'room', id: room.id, room }))
}

/** Rooms and people whose name fits, the best first; somebody with whom there is a conversation already stands as that. */
export function optionsFor(typed: string, places: Places): Option[] {
  if (typed.trim() === '') return waiting(places)
  const { rooms, people } = places
  const met = new Set(rooms.flatMap(({ others: [other, ...more] }) => (other && more.length === 0 ? other.id : [])))
  const ranked = [
    ...rooms.map((room) => ({
      fit: fitOf(room.name, typed),
      name: room.name,
      option: { type: 'room', id: room.id, room } as Option,
      last: room.archived ? 1 : 0,
    })),
    ...people
      .filter(({ id, gone, role }) => !gone && role !== 'visitor' && !met.has(id))
      .map((person) => ({
        fit: fitOf(person.name, typed),
        name: person.name,
        option: { type: 'person', id: person.id, person } as Option,
        last: 0,
      })),
  ]
  return ranked
    .flatMap((one) => (one.fit === null ? [] : { ...one, fit: one.fit }))
    .sort((a, b) => a.last - b.last || a.fit - b.fit || a.name.localeCompare(b.name))
    .slice(0, MOST)
    .map(({ option }) => option)
}
