import { expect, it } from 'vitest'
import { BLOCK_LIMIT, UNREAD_LIMIT, UNREAD_SCAN } from '../../../protocol/limits.ts'
import { draftOf, hear, inhabit, inSlices, range, refusal, sayMany, type OpenStore } from './setting.ts'

export function blocks(open: OpenStore): void {
  it('remembers whom somebody has blocked, tells them alone, and twice is once', async () => {
    const { store, reopen, ann, bob } = await inhabit(open, 'ann', 'bob')
    const commits = hear(store)
    const block = { personId: ann.id, otherId: bob.id, blocked: true }
    for (const _ of [1, 2]) await store.blocks.set(block)
    expect(commits.map(({ moderated }) => moderated)).toEqual([[ann.id]])
    const later = await reopen()
    expect(await later.blocks.list(ann.id)).toEqual([bob.id])
    expect(await later.blocks.list(bob.id)).toEqual([])
    expect(await later.blocks.by(bob.id)).toEqual([ann.id])
    expect(await later.blocks.between(bob.id, ann.id)).toBe(true)
    const others = hear(later)
    for (const _ of [1, 2]) await later.blocks.set({ ...block, blocked: false })
    expect(others.map(({ moderated }) => moderated)).toEqual([[ann.id]])
    expect(await later.blocks.between(bob.id, ann.id)).toBe(false)
    await expect(later.blocks.set({ ...block, otherId: 'nobody' })).rejects.toEqual(refusal('not_found'))
    await expect(later.blocks.set({ ...block, otherId: ann.id })).rejects.toEqual(refusal('invalid'))
  })

  it('blocks no more people than the limit, and for whoever has reached it still refuses none whom they have blocked', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const crowd = await inSlices(range(0, BLOCK_LIMIT), (i) =>
      store.people.create({ name: `guest ${i}`, role: 'guest' }),
    )
    const [first, last] = [crowd[0]?.id ?? '', crowd.at(-1)?.id ?? '']
    const set = (otherId: string, blocked = true) => store.blocks.set({ personId: ann.id, otherId, blocked })
    await inSlices(crowd.slice(0, -1), ({ id }) => set(id))
    await expect(set(last)).rejects.toEqual(refusal('invalid'))
    await set(first)
    expect(await store.blocks.list(ann.id)).toHaveLength(BLOCK_LIMIT)
    await set(first, false)
    await set(last)
    expect(await store.blocks.by(last)).toEqual([ann.id])
  })

  it('counts as unread what others wrote, and nothing of who is blocked', async () => {
    const { store, lobby, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    await sayMany(store, lobby, bob, 3)
    await store.messages.append(draftOf(lobby, cleo))
    const unread = async () => (await store.rooms.mineOne(ann.id, lobby))?.unread
    expect(await unread()).toBe(4)
    await store.blocks.set({ personId: ann.id, otherId: bob.id, blocked: true })
    expect(await unread()).toBe(1)
    expect(await store.reads.advance({ roomId: lobby, personId: ann.id, seq: 0 })).toMatchObject({ unread: 1 })
    await store.blocks.set({ personId: ann.id, otherId: bob.id, blocked: false })
    expect(await unread()).toBe(4)
  })

  it('has nothing for somebody of whom they have blocked, in counts and in what was said to them, and tells all their devices', async () => {
    const { store, lobby, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    const body = `<@${ann.id}> look`
    for (const author of [bob, cleo]) await store.messages.append(draftOf(lobby, author, body))
    const commits = hear(store)
    await store.blocks.set({ personId: ann.id, otherId: bob.id, blocked: true })
    const payload = { roomId: lobby, readUpTo: 0, rev: 0, unread: 1, forYou: 1, seq: 2 }
    expect(commits.flatMap(({ alone }) => alone)).toEqual([{ personId: ann.id, event: 'read:advanced', payload }])
    expect((await store.forYou.list({ personId: ann.id, limit: 10 })).messages).toMatchObject([{ authorId: cleo.id }])
    await store.blocks.set({ personId: ann.id, otherId: cleo.id, blocked: true })
    expect(await store.forYou.any(ann.id)).toBe(false)
  })

  it('counts with bounded work: among the newest, up to the limit', async () => {
    const { store, lobby, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    await sayMany(store, lobby, cleo, UNREAD_LIMIT + 1)
    const unread = async () => (await store.rooms.mineOne(ann.id, lobby))?.unread
    expect(await unread()).toBe(UNREAD_LIMIT)
    await store.blocks.set({ personId: ann.id, otherId: bob.id, blocked: true })
    await sayMany(store, lobby, bob, UNREAD_SCAN)
    expect(await unread()).toBe(0)
  })
}
