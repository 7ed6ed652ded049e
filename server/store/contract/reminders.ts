import { expect, it } from 'vitest'
import { REMINDERS } from '../../../protocol/limits.ts'
import { draftOf, hear, inhabit, range, refusal, roomOf, sayMany, type OpenStore } from './setting.ts'

export function reminders(open: OpenStore): void {
  async function setting(count = 3) {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    await sayMany(store, lobby, ann, count)
    const one = (seq: number) => ({ personId: bob.id, roomId: lobby, seq })
    const set = (seq: number, at: number) => store.reminders.set({ ...one(seq), at })
    const list = async (personId = bob.id) =>
      (await store.reminders.list(personId)).map(({ at, due, message }) => [message.seq, at, due])
    return { store, reopen, lobby, ann, bob, one, set, list }
  }

  it('keeps what somebody is to be reminded of, the next first, tells it to them alone, and has it after a restart', async () => {
    const { store, reopen, lobby, ann, bob, one, set, list } = await setting()
    const commits = hear(store)
    await set(1, 2_000)
    await set(2, 1_000)
    await set(2, 1_000)
    await set(1, 500)
    await store.reminders.end(one(2))
    await store.reminders.end(one(2))
    const told = (seq: number, at: number | null) => ({
      personId: bob.id,
      event: 'reminder:changed',
      payload: { roomId: lobby, seq, at, due: false },
    })
    expect(commits.flatMap(({ rooms, alone }) => [...rooms, ...alone])).toEqual([
      told(1, 2_000),
      told(2, 1_000),
      told(1, 500),
      told(2, null),
    ])
    await set(3, 100)
    expect(await list(ann.id)).toEqual([])
    const again = await (await reopen()).reminders.list(bob.id)
    expect(again).toMatchObject([
      { at: 100, due: false, message: { seq: 3, body: 'message 3' } },
      { at: 500, due: false, message: { seq: 1 } },
    ])
  })

  it('finds what is due in the order of its time, and when the next is; what has come stays until it is ended', async () => {
    const { store, bob, lobby, one, set, list } = await setting()
    expect(await store.reminders.nextDue()).toBeNull()
    for (const [seq, at] of [
      [1, 3_000],
      [2, 1_000],
      [3, 2_000],
    ] as const)
      await set(seq, at)
    expect(await store.reminders.nextDue()).toBe(1_000)
    const due = await store.reminders.due(2_000, 10)
    expect(due).toEqual([
      { personId: bob.id, roomId: lobby, seq: 2, at: 1_000 },
      { personId: bob.id, roomId: lobby, seq: 3, at: 2_000 },
    ])
    expect(await store.reminders.due(2_000, 1)).toHaveLength(1)
    await set(3, 4_000)
    const commits = hear(store)
    for (const each of [...due, ...due]) await store.reminders.come(each)
    expect(commits.flatMap(({ alone }) => alone)).toMatchObject([{ payload: { seq: 2, at: 1_000, due: true } }])
    expect(await store.reminders.nextDue()).toBe(3_000)
    // With another time it has not come yet.
    await set(2, 5_000)
    expect(await list()).toEqual([
      [1, 3_000, false],
      [3, 4_000, false],
      [2, 5_000, false],
    ])
    await store.reminders.end(one(1))
    expect(await store.reminders.nextDue()).toBe(4_000)
  })

  it('has nothing of a deleted message, of a room that is no more, or of whoever is removed', async () => {
    const { store, lobby, ann, bob, set, list } = await setting()
    const kitchen = await roomOf(store, ann)
    const { seq } = await store.messages.append(draftOf(kitchen, ann))
    await store.reminders.set({ personId: bob.id, roomId: kitchen, seq, at: 1 })
    await set(1, 1)
    await set(2, 2)
    await store.messages.remove({ roomId: lobby, seq: 1 })
    await expect(set(1, 1)).rejects.toEqual(refusal('not_found'))
    await expect(set(99, 1)).rejects.toEqual(refusal('not_found'))
    await store.rooms.remove(kitchen)
    await expect.poll(() => list()).toEqual([[2, 2, false]])
    await store.people.remove(bob.id)
    expect(await list()).toEqual([])
    expect(await store.reminders.nextDue()).toBeNull()
    await expect(set(2, 2)).rejects.toEqual(refusal('not_found'))
  })

  it('says and tells nothing of what is deleted, and comes all the same once it is put back', async () => {
    const { store, lobby, ann, one, set, list } = await setting()
    await set(1, 1_000)
    await set(2, 2_000)
    await store.messages.remove({ roomId: lobby, seq: 1, by: ann.id })
    const [due] = [{ ...one(1), at: 1_000 }]
    expect([await store.reminders.nextDue(), await store.reminders.due(1_500, 10)]).toEqual([2_000, []])
    const commits = hear(store)
    // It was found to be due before it was deleted.
    await store.reminders.come(due)
    await store.messages.restore({ roomId: lobby, seq: 1, by: ann.id })
    expect(commits.flatMap(({ alone }) => alone)).toMatchObject([{ payload: { seq: 1, at: 1_000, due: false } }])
    expect(await list()).toEqual([
      [1, 1_000, false],
      [2, 2_000, false],
    ])
    expect(await store.reminders.due(1_500, 10)).toEqual([due])
  })

  it('keeps so many and no more', async () => {
    const { set, list } = await setting(REMINDERS + 1)
    await Promise.all(range(1, REMINDERS).map((seq) => set(seq, seq)))
    await expect(set(REMINDERS + 1, 1)).rejects.toEqual(refusal('forbidden'))
    await set(1, 1_000)
    expect(await list()).toHaveLength(REMINDERS)
  })
}
