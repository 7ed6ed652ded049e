import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { SCHEDULED } from '../../../protocol/limits.ts'
import { hear, inhabit, range, refusal, roomOf, type OpenStore } from './setting.ts'

const laterIn = (roomId: string, personId: string, at: number, body = 'later') => ({
  id: randomUUID(),
  roomId,
  personId,
  body,
  at,
})

export function scheduled(open: OpenStore): void {
  it('keeps what is to be sent, the next first, for its author alone, and over a restart', async () => {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const commits = hear(store)
    const second = await store.scheduled.set(laterIn(lobby, ann.id, 2_000))
    const first = await store.scheduled.set(laterIn(lobby, ann.id, 1_000, 'sooner'))
    expect(first).toMatchObject({ roomId: lobby, body: 'sooner', at: 1_000, failed: null })
    expect(commits.flatMap(({ alone }) => alone).at(-1)).toEqual({
      personId: ann.id,
      event: 'scheduled:changed',
      payload: { scheduled: [first, second] },
    })
    expect(commits.every(({ rooms }) => rooms.length === 0)).toBe(true)
    const again = await reopen()
    expect(await again.scheduled.list(ann.id)).toEqual([first, second])
    expect(await again.scheduled.list(bob.id)).toEqual([])
  })

  it('changes what is set again, says nothing where it is the same, and forgets what is taken back', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const draft = laterIn(lobby, ann.id, 1_000)
    await store.scheduled.set(draft)
    const commits = hear(store)
    await store.scheduled.set(draft)
    expect(commits).toEqual([])
    expect(await store.scheduled.set({ ...draft, body: 'other', at: 3_000 })).toMatchObject({
      body: 'other',
      at: 3_000,
    })
    expect(await store.scheduled.list(ann.id)).toHaveLength(1)
    await store.scheduled.cancel(ann.id, draft.id)
    await store.scheduled.cancel(ann.id, draft.id)
    expect(await store.scheduled.list(ann.id)).toEqual([])
    expect(commits).toHaveLength(2)
  })

  it('finds what is due in the order of its time, and when the next is', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    expect(await store.scheduled.nextDue()).toBeNull()
    await store.scheduled.set(laterIn(lobby, ann.id, 2_000))
    await store.scheduled.set(laterIn(lobby, bob.id, 1_000))
    await store.scheduled.set(laterIn(lobby, ann.id, 3_000))
    expect(await store.scheduled.nextDue()).toBe(1_000)
    const due = await store.scheduled.due(2_000, 10)
    expect(due.map(({ personId, at }) => [personId, at])).toEqual([
      [bob.id, 1_000],
      [ann.id, 2_000],
    ])
    expect(await store.scheduled.due(2_000, 1)).toHaveLength(1)
    expect(await store.scheduled.due(999, 10)).toEqual([])
  })

  it('forgets what was sent and keeps what failed with its reason, unless it was changed meanwhile', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const [sent, failed, late, changed] = range(1, 4).map((at) => laterIn(lobby, ann.id, at))
    for (const one of [sent, failed, late, changed]) if (one) await store.scheduled.set(one)
    const due = await store.scheduled.due(10, 10)
    const which = (one: typeof sent) => due.find(({ id }) => id === one?.id) as (typeof due)[number]
    if (changed) await store.scheduled.set({ ...changed, body: 'something else' })
    await store.scheduled.sent(which(sent))
    await store.scheduled.fail(which(failed), 'No such room.')
    await store.scheduled.postpone(which(late), 100)
    await store.scheduled.sent(which(changed))
    await store.scheduled.fail(which(changed), 'No such room.')
    await store.scheduled.postpone(which(changed), 100)
    expect(await store.scheduled.list(ann.id)).toMatchObject([
      { id: failed?.id, failed: 'No such room.' },
      { id: changed?.id, body: 'something else', at: 4, failed: null },
      { id: late?.id, at: 100, failed: null },
    ])
    expect((await store.scheduled.due(10, 10)).map(({ id }) => id)).toEqual([changed?.id])
    // Whoever gives it another time has it tried again.
    if (failed) await store.scheduled.set({ ...failed, at: 5 })
    expect((await store.scheduled.due(10, 10)).map(({ id }) => id)).toEqual([changed?.id, failed?.id])
  })

  it('refuses who is not in the room, who is gone, and more than there can be; and forgets with the person', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, ann)
    await expect(store.scheduled.set(laterIn(kitchen, bob.id, 1))).rejects.toThrow(refusal('not_found'))
    for (const at of range(1, SCHEDULED)) await store.scheduled.set(laterIn(lobby, bob.id, at))
    await expect(store.scheduled.set(laterIn(lobby, bob.id, 1))).rejects.toThrow(refusal('invalid'))
    await store.people.remove(bob.id)
    expect(await store.scheduled.list(bob.id)).toEqual([])
    await expect(store.scheduled.set(laterIn(lobby, bob.id, 1))).rejects.toThrow(refusal('not_found'))
  })
}
