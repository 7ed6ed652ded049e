import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Change, RoomChanges } from '../../../protocol/changes.ts'
import type { Message } from '../../../protocol/messages.ts'
import type { Person } from '../../../protocol/people.ts'
import type { Store } from '../store.ts'
import {
  catchUp,
  draftOf,
  expectToJoin,
  hear,
  inhabit,
  packetsOf,
  range,
  refusal,
  revsOf,
  roomOf,
  seqsOf,
  thingOf,
  type OpenStore,
} from './setting.ts'

const step = fc.record({
  what: fc.constantFrom(
    'append',
    'append',
    'ask',
    'ask',
    'vote',
    'vote',
    'react',
    'edit',
    'remove',
    'join',
    'leave',
    'topic',
  ),
  who: fc.nat({ max: 2 }),
  /** One option of a poll, or none; a reaction, or none. */
  which: fc.nat({ max: 2 }),
  where: fc.nat({ max: 1 }),
  text: fc.string({ maxLength: 8 }),
})
/** Steps of one wave are taken at once; a wave begins when the one before it is answered. */
const waves = fc.array(fc.array(step, { minLength: 1, maxLength: 15 }), { minLength: 1, maxLength: 4 })
type Step = { what: string; who: number; which: number; where: number; text: string }

/** Refused may be leaving a room that one is not in, or writing there, and changing a message that is not there or not any more, or is no poll. */
async function take(
  store: Store,
  { what, who, which, text }: Step,
  roomId: string,
  person: Person,
): Promise<Message[]> {
  const seq = text.length + who + 1
  const mine = { roomId, seq, personId: person.id }
  const change: Record<string, () => Promise<Message>> = {
    ask: () =>
      store.messages.append({ ...draftOf(roomId, person, text), poll: { options: ['a', 'b'], multiple: false } }),
    vote: () => store.polls.vote({ ...mine, options: which === 2 ? [] : [which] }),
    react: () => store.reactions.set({ ...mine, emoji: '🎂', on: which !== 2 }),
    append: () => store.messages.append(draftOf(roomId, person, text)),
    edit: () => store.messages.edit({ roomId, seq, body: text }),
    remove: () => store.messages.remove({ roomId, seq }),
  }
  const changed = change[what]?.()
  if (changed)
    return changed.then(
      (message) => [message],
      (error: unknown) => {
        expect(error).toEqual(refusal('not_found'))
        return []
      },
    )
  if (what === 'join') await store.rooms.join(roomId, person.id)
  if (what === 'topic') await store.rooms.setTopic(roomId, text)
  if (what === 'leave')
    await store.rooms.leave(roomId, person.id).catch((error: unknown) => expect(error).toEqual(refusal('not_found')))
  return []
}

/** What somebody holds of a room who applied every packet: each thing in its newest state, oldest change first. */
function held(changes: Change[]): Change[] {
  const newest = new Map<string, Change>()
  for (const change of changes) {
    const { thing, rev } = thingOf(change)
    const known = newest.get(thing)
    if (!known || rev > thingOf(known).rev) newest.set(thing, change)
  }
  return [...newest.values()].toSorted((a, b) => thingOf(a).rev - thingOf(b).rev)
}

/** What was answered, told, listed and synchronised is one and the same past, numbered without holes. */
async function expectWhole(store: Store, roomId: string, answered: Message[], packets: RoomChanges[]): Promise<void> {
  const { messages, head } = await store.messages.list({ roomId, limit: 100 })
  expect(seqsOf(messages)).toEqual(range(1, messages.length))
  expect(head.seq).toBe(messages.length)
  // A message that was changed later was answered several times: its newest state is the one that is kept.
  const newest = new Map(answered.toSorted((a, b) => a.rev - b.rev).map((message) => [message.seq, message]))
  expect([...newest.values()].toSorted((a, b) => a.seq - b.seq)).toEqual(messages)

  const changes = packets.flatMap((packet) => packet.changes)
  expect(new Set(revsOf(changes)).size).toBe(changes.length)
  expect(expectToJoin(packets, 1)).toBe(head.rev)

  const beginning = (await catchUp(store, roomId, 0)).changes.filter(({ type }) => type === 'room:changed')
  const all = held([...beginning, ...changes])
  for (const since of range(0, head.rev - 1)) {
    const caughtUp = await catchUp(store, roomId, since)
    expect(caughtUp.changes).toEqual(all.filter((change) => thingOf(change).rev > since))
    expect(caughtUp.rev).toBe(head.rev)
  }
  const present = all.flatMap((change) => (change.type === 'member:changed' && change.member.present ? [change] : []))
  const { people } = await store.rooms.members({ roomId, limit: 10 })
  expect(new Set(present.map(({ member }) => member.personId))).toEqual(new Set(people.map(({ id }) => id)))
}

export function interleavings(open: OpenStore): void {
  it('stays whole however appends, polls, votes, reactions, edits, deletions, joins, leaves and topics of two rooms fall together', async () => {
    const { store, ann, bob, eve } = await inhabit(open, 'ann', 'bob', 'eve')
    const people = [ann, bob, eve]
    const told = hear(store)
    let run = 0
    await fc.assert(
      fc.asyncProperty(waves, async (steps) => {
        run++
        const rooms = [await roomOf(store, ann, `Kitchen ${run}`), await roomOf(store, ann, `Attic ${run}`)]
        const answered: Message[] = []
        for (const wave of steps) {
          const taken = wave.map((one) => take(store, one, rooms[one.where] ?? '', people[one.who] ?? ann))
          answered.push(...(await Promise.all(taken)).flat())
        }
        for (const roomId of rooms) {
          const ofRoom = answered.filter((message) => message.roomId === roomId)
          await expectWhole(store, roomId, ofRoom, packetsOf(told, roomId))
        }
      }),
      { numRuns: 60 },
    )
  })
}
