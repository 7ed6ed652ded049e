import { expect, it } from 'vitest'
import type { Person } from '../../../protocol/people.ts'
import type { Store } from '../store.ts'
import { draftOf, hear, inhabit, packetsOf, refusal, roomOf, type OpenStore } from './setting.ts'

const waiting = (least: number, most: number): unknown =>
  expect.objectContaining({
    code: 'rate_limited',
    retryAfter: expect.toSatisfy((ms: number) => ms >= least && ms <= most),
  })

/** A room that bob has joined, slowed down to one message in a minute. */
async function slowRoom(store: Store, ann: Person, bob: Person): Promise<string> {
  const roomId = await roomOf(store, ann)
  await store.rooms.join(roomId, bob.id)
  await store.rooms.setWriting({ roomId, slowMode: 60 })
  return roomId
}

export function writing(open: OpenStore): void {
  it('says who writes in a room and how often, as a change of the room itself; what is not given stays', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    expect(await store.rooms.get(lobby)).toMatchObject({ whoWrites: 'everybody', slowMode: 0 })
    const commits = hear(store)
    await store.rooms.setWriting({ roomId: lobby, whoWrites: 'managers' })
    const room = await store.rooms.setWriting({ roomId: lobby, slowMode: 30 })
    expect(room).toMatchObject({ id: lobby, whoWrites: 'managers', slowMode: 30 })
    expect(await store.rooms.get(lobby)).toEqual(room)
    expect(await store.rooms.setWriting({ roomId: lobby, slowMode: 30, by: ann.id })).toEqual(room)
    expect(packetsOf(commits, lobby)).toHaveLength(2)
    expect(packetsOf(commits, lobby).at(-1)?.changes).toEqual([{ type: 'room:changed', room }])
    expect((await store.audit.list({ reader: ann.id, limit: 10 })).entries).toEqual([])
    const direct = await store.rooms.direct(ann.id, bob.id)
    await expect(store.rooms.setWriting({ roomId: direct.room.id, slowMode: 5 })).rejects.toEqual(refusal('forbidden'))
    await expect(store.rooms.setWriting({ roomId: 'nowhere', slowMode: 5 })).rejects.toEqual(refusal('not_found'))
  })

  it('takes messages and other texts from managers alone where only they write', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const roomId = await roomOf(store, ann)
    await store.rooms.join(roomId, bob.id)
    const early = draftOf(roomId, bob)
    const { seq } = await store.messages.append(early)
    await store.rooms.setWriting({ roomId, whoWrites: 'managers' })
    const commits = hear(store)
    await expect(store.messages.append(draftOf(roomId, bob))).rejects.toEqual(refusal('forbidden'))
    await expect(store.messages.edit({ roomId, seq, body: 'new' })).rejects.toEqual(refusal('forbidden'))
    expect(commits).toEqual([])
    expect((await store.messages.append(early)).seq, 'what is there already is answered').toBe(seq)
    expect((await store.messages.append({ ...draftOf(roomId, ann), looksAfter: true })).seq).toBe(seq + 1)
    expect((await store.messages.edit({ roomId, seq, body: 'new', looksAfter: true })).body).toBe('new')
    expect((await store.messages.remove({ roomId, seq })).deleted).toBe(true)
  })

  it('lets nobody wait to mend what they have just written in a slow room', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const roomId = await slowRoom(store, ann, bob)
    const { seq } = await store.messages.append(draftOf(roomId, bob, 'a tpyo'))
    expect((await store.messages.edit({ roomId, seq, body: 'a typo' })).body).toBe('a typo')
  })

  it('lets who wrote in a slow room wait, in that room alone, also after deleting, leaving, and in one batch', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const roomId = await slowRoom(store, ann, bob)
    const first = draftOf(roomId, bob)
    const ends = await Promise.allSettled([first, draftOf(roomId, bob)].map(store.messages.append))
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(ends[1]).toMatchObject({ reason: waiting(50_000, 60_000) })
    const { seq } = await store.messages.append(first)
    await store.messages.remove({ roomId, seq })
    await store.rooms.leave(roomId, bob.id)
    await store.rooms.join(roomId, bob.id)
    await expect(store.messages.append(draftOf(roomId, bob))).rejects.toEqual(waiting(50_000, 60_000))
    await store.messages.append(draftOf(lobby, bob))
    for (const _ of [1, 2]) await store.messages.append({ ...draftOf(roomId, ann), looksAfter: true })
    await store.rooms.setWriting({ roomId, slowMode: 0 })
    await store.messages.append(draftOf(roomId, bob))
  })

  it('answers what is stored at once as if one came after the other', async () => {
    const { store, lobby, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    const kitchen = await roomOf(store, ann)
    const [same, until] = [draftOf(lobby, ann, 'same'), Date.now() + 60_000]
    const say = (who: Person, body = 'hi', roomId = lobby) => store.messages.append(draftOf(roomId, who, body))
    const ends = await Promise.allSettled([
      store.messages.append(same),
      say(bob, 'no', kitchen),
      store.messages.append(same),
      store.messages.append({ ...same, body: 'another' }),
      say(ann),
      store.drafts.set({ personId: bob.id, roomId: lobby, text: 'tea' }),
      say(bob, 'tea'),
      store.moderation.mute({ personId: cleo.id, roomId: lobby, until, by: ann.id }),
      say(cleo),
      say(ann),
    ])
    const told = ends.map((end) =>
      end.status === 'rejected' ? end.reason.code : end.value && 'seq' in end.value ? end.value.seq : null,
    )
    expect(told).toEqual([1, 'not_found', 1, 'conflict', 2, null, 3, null, 'forbidden', 4])
    const { drafts } = await store.drafts.list({ personId: bob.id, after: 0, limit: 10 })
    expect(drafts.filter(({ text }) => text !== '')).toEqual([])
  })

  it('takes nothing of somebody who is muted in the same moment, also where they send again what is there', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const sent = draftOf(lobby, bob)
    const { seq } = await store.messages.append(sent)
    const ends = await Promise.allSettled([
      store.messages.append(sent),
      store.messages.append(draftOf(lobby, ann)),
      store.moderation.mute({ personId: bob.id, roomId: lobby, until: Date.now() + 60_000, by: ann.id }),
      store.messages.append(draftOf(lobby, bob)),
    ])
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
    expect(ends[0]).toMatchObject({ value: { seq } })
    expect(ends[3]).toMatchObject({ reason: { code: 'forbidden' } })
  })
}
