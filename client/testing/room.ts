import type { Change, RoomChanges } from '../../protocol/changes.ts'
import type { Message } from '../../protocol/messages.ts'
import type { Person } from '../../protocol/people.ts'

/** Data as the server would send it, for tests. */

export const personCalled = (name: string, id = name.toLowerCase()): Person => ({
  id,
  rev: 1,
  name,
  role: 'member',
  gone: false,
  tint: 0,
})

export const ann = personCalled('Ann')
export const bob = personCalled('Bob')

export function message(
  seq: number,
  {
    authorId = 'bob',
    rev = seq + 1,
    body = `message ${seq}`,
    sentAt = seq * 1_000,
    deleted = false,
    ...rest
  }: Partial<Message> = {},
): Message {
  const key = `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`
  return {
    roomId: 'lobby',
    seq,
    rev,
    authorId,
    key,
    body: deleted ? '' : body,
    sentAt,
    editedAt: null,
    deleted,
    moderated: false,
    ...rest,
  }
}

/** One commit that changed these messages. */
export function packet(
  messages: readonly Message[],
  after = Math.min(...messages.map(({ rev }) => rev)) - 1,
): RoomChanges {
  const changes = messages.map((one): Change => ({ type: 'message:changed', message: one }))
  return {
    roomId: 'lobby',
    after,
    rev: Math.max(after, ...messages.map(({ rev }) => rev)),
    changes,
    people: [ann, bob],
  }
}
