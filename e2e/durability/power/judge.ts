import type { Message } from '../../../protocol/messages.ts'
import type { Promised } from './promises.ts'

/** What Natter finds in a folder, as `server/store/sqlite/testing/openFolders.ts` reports it. */
export type Stored = {
  /** SQLite's own check; "ok" when it finds nothing. */
  integrity: string
  rooms: { id: string; rev: number; seq: number; count: number; newest: number }[]
  messages: Pick<Message, 'roomId' | 'seq' | 'rev' | 'authorId' | 'key' | 'body'>[]
  people: string[]
  tokenHashes: string[]
  /** Position of a message written now, in the default room, and how many were in it before. */
  next: { seq: number; count: number }
}
export type Examined = Stored | { refused: string }

/** Everything that is wrong with a folder after a cut, one short sentence each. */
export function faultsOf(examined: Examined, promises: readonly Promised[]): string[] {
  if ('refused' in examined) return [`refused: ${examined.refused}`]
  const { integrity, rooms, messages, people, tokenHashes, next } = examined
  const faults = integrity === 'ok' ? [] : [`damaged: ${integrity}`]

  for (const { id, seq, count, newest } of rooms) {
    if (seq !== count || newest !== count)
      faults.push(`gap: ${id} has ${count} messages, the newest is ${newest} of ${seq}`)
  }
  if (next.seq !== next.count + 1) faults.push(`gap: a message after ${next.count} became number ${next.seq}`)
  const keys = new Set(messages.map(({ authorId, key }) => `${authorId} ${key}`))
  if (keys.size < messages.length) faults.push(`doubled: ${messages.length - keys.size} messages`)

  const places = new Map(messages.map((message) => [`${message.roomId} ${message.seq}`, message]))
  const revs = new Map(rooms.map(({ id, rev }) => [id, rev]))
  const [somebody, tokens] = [new Set(people), new Set(tokenHashes)]
  for (const promised of promises) {
    if ('message' in promised) {
      const { roomId, seq, rev, key, body } = promised.message
      const found = places.get(`${roomId} ${seq}`)
      if (found?.key !== key) faults.push(`lost: message ${seq} of ${roomId}`)
      else if (found.rev < rev) faults.push(`lost: revision ${rev} of message ${seq} of ${roomId}`)
      else if (found.rev === rev && found.body !== body) faults.push(`changed: message ${seq} of ${roomId}`)
    } else if ('roomId' in promised) {
      if ((revs.get(promised.roomId) ?? 0) < promised.rev)
        faults.push(`lost: revision ${promised.rev} of ${promised.roomId}`)
    } else if ('personId' in promised) {
      if (!somebody.has(promised.personId)) faults.push(`lost: ${promised.personId}, who had come in`)
    } else if (!tokens.has(promised.tokenHash)) faults.push('lost: who a cookie belongs to')
  }
  return faults
}
