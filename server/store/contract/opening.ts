import { expect, it } from 'vitest'
import { draftOf, inhabit, range, refusal, type OpenStore } from './setting.ts'

export function opening(open: OpenStore): void {
  it('keeps its log id for as long as its data lives, and no two stores have the same', async () => {
    const [one, other] = [await open(), await open()]
    expect(one.store.logId).toMatch(/^[\w-]{8,}$/)
    expect(other.store.logId).not.toBe(one.store.logId)
    const before = one.store.logId
    expect((await one.reopen()).logId).toBe(before)
  })

  it('keeps the id of its place for as long as its data lives, and no two have the same', async () => {
    const [one, other] = [await open(), await open()]
    const before = one.store.placeId
    expect(before).toMatch(/^[\w-]{8,}$/)
    expect(other.store.placeId).not.toBe(before)
    expect((await one.reopen()).placeId).toBe(before)
  })

  it('says in words how durable an answered change is', async () => {
    const { store } = await open()
    expect(store.durability).toMatch(/\w+ \w+/)
  })

  it('is in no trouble and nowhere damaged as long as it works', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    await store.messages.append(draftOf(lobby, ann))
    await expect(store.rooms.leave(lobby, ann.id)).rejects.toEqual(refusal('forbidden'))
    expect(store.condition()).toEqual({ trouble: null, damage: null })
  })

  it('knows after opening again everything that it answered', async () => {
    const { store, reopen, lobby, ann } = await inhabit(open, 'ann', 'bob')
    const token = await store.sessions.create(ann.id)
    const message = await store.messages.append(draftOf(lobby, ann))
    const { room } = await store.rooms.create({ name: 'Kitchen', topic: 'Soup', personId: ann.id })
    const mine = await store.rooms.mine(ann.id)

    const later = await reopen()

    expect(await later.sessions.find(token)).toMatchObject({ person: ann })
    expect(await later.rooms.get(room.id)).toEqual(room)
    expect(await later.rooms.default()).toMatchObject({ id: lobby })
    expect((await later.messages.list({ roomId: lobby, limit: 10 })).messages).toEqual([message])
    expect(await later.rooms.mine(ann.id)).toEqual(mine)
  })

  it('goes on counting after opening again where it had stopped', async () => {
    const { store, reopen, lobby, ann } = await inhabit(open, 'ann')
    const before = await store.messages.append(draftOf(lobby, ann))
    const peopleRev = await store.people.rev()

    const later = await reopen()

    const after = await later.messages.append(draftOf(lobby, ann))
    expect([after.seq, after.rev]).toEqual([before.seq + 1, before.rev + 1])
    expect((await later.people.create({ name: 'bob', role: 'member' })).rev).toBe(peopleRev + 1)
  })

  it('finishes and answers what was on its way when it is closed', async () => {
    const { store, reopen, lobby, ann } = await inhabit(open, 'ann')
    const sent = Promise.all(range(1, 50).map((i) => store.messages.append(draftOf(lobby, ann, `message ${i}`))))
    const later = await reopen()
    expect((await later.messages.list({ roomId: lobby, limit: 100 })).messages).toEqual(await sent)
  })

  it('refuses what is written after closing, as something to try again', async () => {
    const { store, reopen, lobby, ann } = await inhabit(open, 'ann')
    const later = await reopen()
    const draft = draftOf(lobby, ann)
    await expect(store.messages.append(draft)).rejects.toEqual(refusal('storage_unavailable'))
    expect(await later.messages.append(draft)).toMatchObject({ seq: 1 })
  })
}
