import { expect, it } from 'vitest'
import type { Batch } from '../store.ts'
import {
  draftOf,
  expectToJoin,
  hear,
  inhabit,
  packetsOf,
  range,
  refusal,
  revsOf,
  roomOf,
  sayMany,
  thingOf,
  type OpenStore,
} from './setting.ts'

export function batches(open: OpenStore): void {
  it('says of what was stored together how much was asked for, how many messages are new, and how long it took', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const told: Batch[] = []
    const stop = store.onBatch((batch) => told.push(batch))
    const sum = (of: keyof Batch) => told.reduce((all, batch) => all + batch[of], 0)
    const draft = draftOf(lobby, ann)
    const other = { ...draft, body: 'other' }
    const sent = [store.messages.append(draft), store.messages.append(other), sayMany(store, lobby, ann, 30)]
    const ends = await Promise.allSettled<unknown>(sent)
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(sum('sent')).toBe(31)
    expect(sum('asked')).toBeGreaterThanOrEqual(31)
    const [batches, asked] = [told.length, sum('asked')]
    for (const { took } of told) expect(took).toBeGreaterThan(0)
    // The same key is the same message, and nothing was stored.
    await store.messages.append(draft)
    expect([told.length, sum('asked')]).toEqual([batches, asked])
    await store.messages.edit({ roomId: lobby, seq: 1, body: 'better' })
    expect([told.length, sum('asked'), sum('sent')]).toEqual([batches + 1, asked + 1, 31])
    stop()
    await sayMany(store, lobby, ann, 1)
    expect(told).toHaveLength(batches + 1)
  })

  it('has at most one packet per room and commit, each thing in it once and in its newest state', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const rooms = [await roomOf(store, ann, 'Kitchen'), await roomOf(store, ann, 'Attic')]
    const told = hear(store)
    await Promise.all(
      range(1, 20).flatMap((i) =>
        rooms.flatMap((roomId) => [
          store.rooms.setTopic(roomId, `topic ${i}`),
          i % 2 ? store.rooms.join(roomId, bob.id) : store.rooms.leave(roomId, bob.id),
          store.messages.append(draftOf(roomId, ann)),
        ]),
      ),
    )
    for (const commit of told) expect(new Set(commit.rooms.map(({ roomId }) => roomId)).size).toBe(commit.rooms.length)
    for (const { after, rev, changes } of told.flatMap((commit) => commit.rooms)) {
      const things = changes.map((change) => thingOf(change).thing)
      expect(new Set(things).size).toBe(things.length)
      expect(revsOf(changes)).toEqual(revsOf(changes).toSorted((a, b) => a - b))
      expect(Math.min(...revsOf(changes))).toBeGreaterThan(after)
      expect(revsOf(changes).at(-1)).toBe(rev)
    }
  })

  it('gives `after` as the revision before a packet’s first change: packets of a room join without holes', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const roomId = await roomOf(store, ann)
    const before = await store.rooms.heads([lobby, roomId])
    const told = hear(store)
    for (let i = 0; i < 5; i++) {
      await Promise.all([
        sayMany(store, lobby, ann, 3),
        store.rooms.join(roomId, bob.id),
        sayMany(store, roomId, bob, 2),
        store.rooms.setTopic(roomId, `topic ${i}`),
      ])
      await store.rooms.leave(roomId, bob.id)
    }
    const heads = await store.rooms.heads([lobby, roomId])
    for (const id of [lobby, roomId])
      expect(expectToJoin(packetsOf(told, id), before[id]?.rev ?? 0)).toBe(heads[id]?.rev)
  })

  it('keeps what was sent at once with something refused, which leaves no trace and uses up no number', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const [before, people] = [(await store.rooms.heads([lobby]))[lobby]?.rev ?? 0, await store.people.rev()]
    const told = hear(store)
    const draft = draftOf(lobby, ann)
    const ends = await Promise.allSettled([
      store.messages.append(draft),
      store.messages.append({ ...draft, body: 'other' }),
      store.people.rename('nobody', 'Somebody'),
      store.rooms.leave(lobby, bob.id),
      store.people.create({ name: 'ANN', role: 'member' }),
      store.messages.append(draftOf(lobby, bob)),
    ])
    const [first, ...refused] = ends
    const last = refused.pop()
    expect(refused).toEqual(
      (['conflict', 'not_found', 'forbidden', 'name_taken'] as const).map((code) => ({
        status: 'rejected',
        reason: refusal(code),
      })),
    )
    expect(first).toMatchObject({ value: { seq: 1, rev: before + 1 } })
    expect(last).toMatchObject({ value: { seq: 2, rev: before + 2 } })
    expect(expectToJoin(packetsOf(told, lobby), before)).toBe(before + 2)
    expect([await store.people.rev(), told.flatMap((commit) => commit.people ?? [])]).toEqual([people, []])
  })

  it('keeps what was sent at once with something that makes no sense', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const nobody = { ...ann, id: 'nobody' }
    const ends = await Promise.allSettled([
      store.messages.append(draftOf(lobby, ann)),
      store.messages.append(draftOf(lobby, nobody)),
      store.messages.append(draftOf(lobby, ann)),
    ])
    expect(ends).toMatchObject([{ value: { seq: 1 } }, { status: 'rejected' }, { value: { seq: 2 } }])
  })
}
