import { CALL_LIMIT } from '../../protocol/limits.ts'
import { HERE, ROOM } from '../../protocol/mentions.ts'
import type { Person } from '../../protocol/people.ts'
import type { Presence } from '../../protocol/presence.ts'
import type { Room } from '../../protocol/rooms.ts'
import { manages } from '../people/ranks.ts'
import { more } from '../ui/moreWords.ts'
import { capital, words } from '../ui/words.ts'

/** As many as are looked through at a glance. */
const MOST = 8

/** Somebody, or many at once, whom the word that is being written may mean. */
export type Offer = { id: string; name: string; note: string; person: Person | null }

const BEGUN = {
  '@': /(?<![\p{L}\p{N}<])@([^\s@][^\n@]{0,31})?$/u,
  '#': /(?<![\p{L}\p{N}<[/&#])#([^\s#][^\n#]{0,63})?$/u,
}

/** The word with this sign that ends at the caret: where it begins, and what of a name is written. */
const wordWith = (sign: keyof typeof BEGUN) => (text: string, caret: number) => {
  const found = BEGUN[sign].exec(text.slice(0, caret))
  const query = found?.[1] ?? ''
  // After a blank one writes on, until another letter makes it the next word of a name.
  return found && !/\s$/.test(query) ? { from: found.index, query } : null
}

export const wordAt = wordWith('@')
export const roomAt = wordWith('#')

/** As the server finds people and rooms: one of the words of the name begins so. */
export const fits = (name: string, query: string): boolean =>
  ` ${name.normalize('NFKC').toUpperCase()}`.includes(` ${query.normalize('NFKC').toUpperCase()}`)

type Called = Pick<Room, 'kind' | 'madeBy'>

/** As the server allows it. */
const mayCall = (me: Person, room: Called, total: number): boolean =>
  room.kind !== 'direct' && me.role !== 'guest' && (total <= CALL_LIMIT || manages(room, me))

type Setting = { query: string; me: Person; room: Called; total: number; presence: Readonly<Record<string, Presence>> }

/** Those who are here stand first, and who is many last. */
export function offersOf(people: readonly Person[], { query, me, room, total, presence }: Setting): Offer[] {
  const rank = ({ id }: Person) =>
    ['here', 'busy', 'away'].indexOf(presence[id] ?? '') + 4 * Number(presence[id] === undefined)
  const found = people
    .filter(({ id, name, role, gone }) => id !== me.id && role !== 'visitor' && !gone && fits(name, query))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
    .map((person): Offer => {
      const { id, name } = person
      const here = presence[id]
      return { id, name, note: here ? capital(words.presence[here]) : '', person }
    })
  const calls = mayCall(me, room, total) ? [HERE, ROOM] : []
  return [
    ...found.slice(0, MOST),
    ...calls
      .filter((call) => call.startsWith(query.toLowerCase()))
      .map((call) => ({ id: call, name: call, note: call === HERE ? more.callHere : more.callRoom, person: null })),
  ]
}
