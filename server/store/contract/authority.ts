import { expect, it } from 'vitest'
import { inhabit, refusal, roomOf, type OpenStore } from './setting.ts'

const draftOf = (roomId: string, authorId: string) => ({ roomId, authorId, key: crypto.randomUUID(), body: 'still me' })

/** What is waiting before a command may take away the right to it. */
export function authority(open: OpenStore): void {
  it('takes nothing from whoever is taken out of the room by what was waiting before', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, ann)
    await store.rooms.join(kitchen, bob.id)
    const { seq } = await store.messages.append(draftOf(kitchen, bob.id))
    const [left, ...others] = await Promise.allSettled([
      store.rooms.leave(kitchen, bob.id, ann.id),
      store.rooms.add(kitchen, bob.id, bob.id),
      store.messages.append(draftOf(kitchen, bob.id)),
      store.messages.edit({ roomId: kitchen, seq, body: 'other' }),
    ])
    expect(left.status).toBe('fulfilled')
    for (const one of others) expect(one).toEqual({ status: 'rejected', reason: refusal('not_found') })
    expect(await store.rooms.hasMember(kitchen, bob.id)).toBe(false)
  })

  it('gives nobody a role, nor takes anybody out, whose own role was taken before', async () => {
    const { store, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    for (const { id } of [ann, bob]) await store.people.setRole(id, 'owner')
    const [taken, ...others] = await Promise.allSettled([
      store.people.setRole(bob.id, 'member', ann.id),
      store.people.setRole(bob.id, 'owner', bob.id),
      store.people.remove(cleo.id, bob.id),
    ])
    expect(taken.status).toBe('fulfilled')
    for (const one of others) expect(one).toEqual({ status: 'rejected', reason: refusal('forbidden') })
    expect(await store.people.get([bob.id, cleo.id])).toMatchObject([{ role: 'member' }, { gone: false }])
  })

  it('makes no invitation for whoever had the right to before', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    for (const { id } of [ann, bob]) await store.people.setRole(id, 'owner')
    const [taken, link] = await Promise.allSettled([
      store.people.setRole(bob.id, 'member', ann.id),
      store.invites.create({ role: 'member', roomIds: [], uses: null, expiresAt: null, createdBy: bob.id }),
    ])
    expect(taken.status).toBe('fulfilled')
    expect(link).toEqual({ status: 'rejected', reason: refusal('forbidden') })
    expect((await store.invites.list({ limit: 10 })).invites).toEqual([])
  })

  it('lets nobody ban or lift a ban whose own role was taken before', async () => {
    const { store, ann, bob, cleo, dan } = await inhabit(open, 'ann', 'bob', 'cleo', 'dan')
    for (const { id } of [ann, bob]) await store.people.setRole(id, 'owner')
    await store.moderation.ban({ personId: dan.id, by: bob.id })
    const [taken, ...others] = await Promise.allSettled([
      store.people.setRole(bob.id, 'member', ann.id),
      store.moderation.ban({ personId: cleo.id, by: bob.id }),
      store.moderation.lift(dan.id, bob.id),
    ])
    expect(taken.status).toBe('fulfilled')
    for (const one of others) expect(one).toEqual({ status: 'rejected', reason: refusal('forbidden') })
    expect(await store.people.get([cleo.id, dan.id])).toMatchObject([{ gone: false }, { gone: true }])
  })

  it('lets nobody promoted a moment before be removed or banned by who is not above them', async () => {
    const { store, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    await store.people.setRole(ann.id, 'owner')
    await store.people.setRole(bob.id, 'admin')
    const [, ...others] = await Promise.allSettled([
      store.people.setRole(cleo.id, 'admin', ann.id),
      store.people.remove(cleo.id, bob.id),
      store.moderation.ban({ personId: cleo.id, by: bob.id }),
    ])
    for (const one of others) expect(one).toEqual({ status: 'rejected', reason: refusal('forbidden') })
  })

  it('lets nobody who is removed be in a room for good', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, ann)
    const [removed, ...others] = await Promise.allSettled([
      store.people.remove(bob.id),
      store.rooms.join(kitchen, bob.id),
      store.rooms.direct(ann.id, bob.id),
    ])
    expect(removed.status).toBe('fulfilled')
    for (const one of others) expect(one).toEqual({ status: 'rejected', reason: refusal('not_found') })
    expect(await store.rooms.mine(bob.id)).toEqual([])
  })

  it('keeps nothing of what somebody has chosen or sent who is removed before it arrives', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, ann)
    const [removed, ...others] = await Promise.allSettled([
      store.people.remove(bob.id),
      store.profiles.setPicture(bob.id, { type: 'image/png', bytes: Uint8Array.of(1) }),
      store.profiles.change(bob.id, { about: 'Editor' }),
      store.settings.change(bob.id, { busy: { until: null } }),
      store.people.rename(bob.id, 'Bobby'),
      store.accounts.setPassword({ personId: bob.id, password: 'hash', keep: '' }),
      store.accounts.mark(bob.id, ['browser']),
      store.accounts.newCode(bob.id),
      store.accounts.addPasskey({
        id: 'one',
        personId: bob.id,
        publicKey: 'public',
        counter: 0,
        transports: [],
        agent: '',
      }),
      store.identities.add({
        personId: bob.id,
        sessionId: '',
        identity: { issuer: 'https://id.example.org', subject: '' },
      }),
      store.rooms.add(kitchen, bob.id),
    ])
    for (const one of others) expect(one).toEqual({ status: 'rejected', reason: refusal('not_found') })
    expect(await store.people.get([bob.id])).toEqual([removed.status === 'fulfilled' && removed.value])
    expect(await store.settings.busy()).toEqual([])
    expect(await store.accounts.marked(bob.id, ['browser'])).toBeNull()
  })
}
