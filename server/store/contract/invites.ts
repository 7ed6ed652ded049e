import { expect, it } from 'vitest'
import type { Person } from '../../../protocol/people.ts'
import type { Store } from '../store.ts'
import { inhabit, namesOf, range, refusal, roomOf, type OpenStore } from './setting.ts'

type Wanted = Partial<Parameters<Store['invites']['create']>[0]>

/** By somebody who may. */
async function inviteBy(store: Store, { id }: Person, wanted: Wanted = {}) {
  await store.people.setRole(id, 'owner')
  return store.invites.create({ role: 'member', roomIds: [], uses: null, expiresAt: null, createdBy: id, ...wanted })
}

export function invites(open: OpenStore): void {
  it('lets people in, in its role and its rooms, and knows who came', async () => {
    const { store, reopen, lobby, ann } = await inhabit(open, 'ann')
    const kitchen = await roomOf(store, ann)
    const { invite, token } = await inviteBy(store, ann, { roomIds: [kitchen, kitchen] })
    expect(invite).toMatchObject({ role: 'member', roomIds: [kitchen], used: 0, left: null, revoked: false })
    const later = await reopen()
    const bob = await later.invites.use(token, 'Bob')
    expect(bob).toMatchObject({ name: 'Bob', role: 'member' })
    for (const roomId of [lobby, kitchen]) expect(await later.rooms.hasMember(roomId, bob.id)).toBe(true)
    expect(await later.invites.people(invite.id, 10)).toEqual([bob])
    expect(await later.invites.find(token)).toMatchObject({ id: invite.id, used: 1 })
  })

  it('lets a guest into its rooms and no other', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const kitchen = await roomOf(store, ann)
    const { token } = await inviteBy(store, ann, { role: 'guest', roomIds: [kitchen] })
    const gus = await store.invites.use(token, 'Gus')
    expect(gus.role).toBe('guest')
    expect((await store.rooms.mine(gus.id)).map(({ room }) => room.id)).toEqual([kitchen])
    const page = await store.rooms.list({ query: '', limit: 10, personId: gus.id, onlyTheirs: true })
    expect(page.rooms.map(({ room }) => room.id)).toEqual([kitchen])
  })

  it('is used as often as it may be, when fifty come at once too', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const { invite, token } = await inviteBy(store, ann, { uses: 3 })
    const ends = await Promise.allSettled(range(1, 50).map((i) => store.invites.use(token, `Person ${i}`)))
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toEqual(refusal('not_found'))
    expect(await store.invites.people(invite.id, 10)).toHaveLength(3)
    expect(await store.invites.find(token)).toBeNull()
  })

  it('brings whoever is here into its rooms, and counts that once', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, ann)
    const { invite, token } = await inviteBy(store, ann, { roomIds: [kitchen], uses: 2 })
    for (const _ of [1, 2]) await store.invites.accept(token, bob.id)
    expect(await store.rooms.hasMember(kitchen, bob.id)).toBe(true)
    expect(await store.invites.find(token)).toMatchObject({ id: invite.id, used: 1, left: 1 })
    await store.invites.revoke(invite.id)
    await expect(store.invites.accept(token, ann.id)).rejects.toEqual(refusal('not_found'))
  })

  it('is not used up by a name that is taken', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const { token } = await inviteBy(store, ann, { uses: 1 })
    await expect(store.invites.use(token, 'Аnn')).rejects.toEqual(refusal('name_taken'))
    expect(await store.invites.use(token, 'Bob')).toMatchObject({ name: 'Bob' })
  })

  it('lets nobody in once it is revoked or expired, and revoking twice is revoking once', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const [one, other] = [await inviteBy(store, ann), await inviteBy(store, ann, { expiresAt: Date.now() - 1 })]
    for (const _ of [1, 2]) expect(await store.invites.revoke(one.invite.id)).toMatchObject({ revoked: true })
    for (const { token } of [one, other, { token: 'of nobody' }]) {
      expect(await store.invites.find(token)).toBeNull()
      await expect(store.invites.use(token, 'Eve')).rejects.toEqual(refusal('not_found'))
    }
    await expect(store.invites.revoke('none')).rejects.toEqual(refusal('not_found'))
    expect(await store.people.byName('Eve')).toBeNull()
  })

  it('leads to no room that does not exist', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    await expect(inviteBy(store, ann, { roomIds: ['nowhere'] })).rejects.toEqual(refusal('not_found'))
  })

  it('lists them, newest first, in pages, each once', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const made = await Promise.all(range(1, 7).map(() => inviteBy(store, ann)))
    const one = await store.invites.list({ limit: 4 })
    const two = await store.invites.list({ limit: 4, after: one.next ?? '' })
    expect([one.invites.length, two.invites.length, two.next]).toEqual([4, 3, null])
    const ids = [...one.invites, ...two.invites].map(({ id }) => id)
    expect(new Set(ids)).toEqual(new Set(made.map(({ invite }) => invite.id)))
    expect(namesOf(await store.people.get(one.invites.map(({ createdBy }) => createdBy)))).toEqual(['ann'])
  })
}
