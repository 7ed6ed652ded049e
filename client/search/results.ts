import type { Message } from '../../protocol/messages.ts'
import type { Preview } from '../../protocol/rooms.ts'
import { searchedText } from '../../protocol/searched.ts'
import { previewOf } from '../rooms/roomState.ts'
import type { Found, Hit } from './useSearch.ts'

/** What is found of one question, as far as it is shown. */
export type Results = { name: string; hits: readonly Hit[]; next: string | null; all: boolean }

const nameOf = (roomId: string, seq: number) => `${roomId} ${seq}`
export const placeOf = ({ message: { roomId, seq } }: Hit) => nameOf(roomId, seq)

/** A page below what is there. Nothing stands twice, though something was said in between. */
export function add(name: string, held: readonly Hit[], page: Found): Results {
  const known = new Set(held.map(placeOf))
  const hits = [...held, ...page.hits.filter((hit) => !known.has(placeOf(hit)))]
  return { name, hits, next: page.next, all: page.all }
}

/** What is deleted meanwhile goes, also from around what is found; what says something else now is shown so. */
export function change(held: Results, messages: readonly Message[]): Results {
  const changed = new Map(messages.map((message) => [nameOf(message.roomId, message.seq), message]))
  const newestOf = <T extends { seq: number; rev: number }>(roomId: string, now: T) => {
    const message = changed.get(nameOf(roomId, now.seq))
    return message && message.rev > now.rev ? message : null
  }
  function changeLine(roomId: string, line: Preview | undefined): Preview | undefined {
    const message = line && newestOf(roomId, line)
    return message ? (message.deleted ? undefined : previewOf(message)) : line
  }
  const hits = held.hits.flatMap((hit): Hit | [] => {
    const { roomId } = hit.message
    const [before, after] = [changeLine(roomId, hit.before), changeLine(roomId, hit.after)]
    const message = newestOf(roomId, hit.message)
    if (message?.deleted) return []
    if (message)
      return { message, marks: searchedText(message) === searchedText(hit.message) ? hit.marks : [], before, after }
    return before === hit.before && after === hit.after ? hit : { ...hit, before, after }
  })
  const isSame = hits.length === held.hits.length && hits.every((hit, i) => hit === held.hits[i])
  return isSame ? held : { ...held, hits }
}

/** What stands beside it, without what is found right above or below it in the list. */
export function aroundIn(hits: readonly Hit[], i: number): Pick<Hit, 'before' | 'after'> {
  const hit = hits[i]
  if (!hit) return {}
  const { roomId } = hit.message
  const near = [hits[i - 1], hits[i + 1]].flatMap((other) => (other ? placeOf(other) : []))
  const unlessNear = (line: Preview | undefined) => (line && near.includes(nameOf(roomId, line.seq)) ? undefined : line)
  return { before: unlessNear(hit.before), after: unlessNear(hit.after) }
}
