import { codeIn } from '../../protocol/code.ts'
import { MENTION_LIMIT } from '../../protocol/limits.ts'
import { HERE, ROOM } from '../../protocol/mentions.ts'
import type { Person } from '../../protocol/people.ts'
import { plainWith } from './plain.ts'

/** A sign that begins a word. One in a token or an address names nothing. */
const SIGNS = { '@': /(?<![\p{L}\p{N}<])@/gu, '#': /(?<![\p{L}\p{N}<[/&#])#/gu }
const GOES_ON = /^[\p{L}\p{N}]/u

type Named = { name: string; token: string }

/**
 * A text as it is sent: "@Maya O." as her token. In a place no two names look alike, so the name that is written says who is
 * meant, in a draft of another tab or another day too; of two names that fit the longer one is. In code a name is code.
 */
export function withTokens(text: string, people: readonly Person[], mayCall: boolean): string {
  const named = people.filter(({ gone }) => !gone).map(({ id, name }) => ({ name, token: `<@${id}>` }))
  const calls = [HERE, ROOM].map((call) => ({ name: call, token: `<@${call}>` }))
  return replaced(text, '@', mayCall ? [...calls, ...named] : named)
}

/** What stands for a room in a text: a link in this place, called as the room is now. */
const linkOf = (id: string, name: string) => `[#${name.replace(/[[\]\\]/g, '\\$&')}](/r/${id})`

type Room = { id: string; name: string }

/** A text as it is sent: "#Kitchen" as a link to that room. */
export const withRooms = (text: string, rooms: readonly Room[]): string =>
  replaced(
    text,
    '#',
    rooms.filter(({ name }) => name).map(({ id, name }) => ({ name, token: linkOf(id, name) })),
  )

/** The same as it was typed, to be changed. Only what would become the same link again is taken for a name. */
export const withoutRooms = (text: string, rooms: readonly Room[]): string =>
  rooms.reduce((rest, { id, name }) => (name ? rest.replaceAll(linkOf(id, name), () => `#${name}`) : rest), text)

type Known = { people: Readonly<Record<string, Person>>; rooms: Readonly<Record<string, { room: Room }>> }

/** A message as its author typed it. */
export const writtenWith = ({ people, rooms }: Known, body: string): string =>
  plainWith(
    people,
    withoutRooms(
      body,
      Object.values(rooms).map(({ room }) => room),
    ),
  )

function replaced(text: string, sign: keyof typeof SIGNS, all: readonly Named[]): string {
  const byLength = all.toSorted((a, b) => b.name.length - a.name.length)
  const code = codeIn(text)
  let [result, end, left] = ['', 0, MENTION_LIMIT]
  for (const { index } of text.matchAll(SIGNS[sign])) {
    const from = index + 1
    const found =
      left > 0 &&
      byLength.find(
        ({ name }) =>
          text.slice(from, from + name.length).toLowerCase() === name.toLowerCase() &&
          !GOES_ON.test(text.slice(from + name.length)),
      )
    if (index < end || !found || code.some(([start, stop]) => start < index && index < stop)) continue
    result += text.slice(end, index) + found.token
    end = from + found.name.length
    left--
  }
  return result + text.slice(end)
}
