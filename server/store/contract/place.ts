import { expect, it } from 'vitest'
import { hear, inhabit, refusal, type OpenStore } from './setting.ts'

export function place(open: OpenStore): void {
  it('says how much is kept', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann', 'bob')
    await store.messages.append({ roomId: lobby, authorId: ann.id, key: crypto.randomUUID(), body: 'x' })
    await store.people.remove((await store.people.byName('bob'))?.id ?? '')
    const { database, free, ...counts } = await store.facts()
    expect(counts).toEqual({ people: 1, rooms: 1, messages: 1 })
    expect(database).toBeGreaterThan(0)
    // A database elsewhere does not say it.
    expect(free === null || free > 0).toBe(true)
  })

  it('has a name from the beginning, and nobody has decided who may come in', async () => {
    const { store } = await open()
    expect(await store.place.get()).toEqual({ name: 'Natter', join: null })
  })

  it('keeps what is changed and leaves the rest, tells it, and has it after a restart', async () => {
    const { store, reopen } = await inhabit(open)
    const commits = hear(store)
    expect(await store.place.change({ name: ' Fernhill ' })).toEqual({ name: 'Fernhill', join: null })
    expect(await store.place.change({ join: 'invite' })).toEqual({ name: 'Fernhill', join: 'invite' })
    expect(commits.map((commit) => commit.place)).toEqual([
      { name: 'Fernhill', join: null },
      { name: 'Fernhill', join: 'invite' },
    ])
    expect(await (await reopen()).place.get()).toEqual({ name: 'Fernhill', join: 'invite' })
  })

  it('becomes somebody’s once, by the newest token, however many try at once', async () => {
    const { store } = await open()
    const [old, token] = [await store.place.ownerLink(), await store.place.ownerLink()]
    const found = (with_: string | null, name: string) =>
      store.place.found({ token: with_ ?? '', placeName: 'Fernhill', who: { name } })
    await expect(found(old, 'Eve')).rejects.toEqual(refusal('not_found'))
    const ends = await Promise.allSettled([found(token, 'Ann'), found(token, 'Eve')])
    expect(ends).toEqual([
      {
        status: 'fulfilled',
        value: { owner: expect.objectContaining({ name: 'Ann', role: 'owner' }), session: expect.any(String) },
      },
      { status: 'rejected', reason: refusal('not_found') },
    ])
    expect(await store.people.byName('Eve')).toBeNull()
    expect(await store.place.get()).toEqual({ name: 'Fernhill', join: null })
    expect(await store.place.ownerLink()).toBeNull()
  })

  it('can be owned by somebody who is here already', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    await store.sessions.create(ann.id)
    const token = (await store.place.ownerLink()) ?? ''
    const { owner, session } = await store.place.found({ token, placeName: 'Fernhill', who: { id: ann.id } })
    expect(owner).toEqual({ ...ann, role: 'owner', rev: ann.rev + 1 })
    expect(session).toBeNull()
    expect(await store.people.get([ann.id])).toEqual([owner])
    expect(await store.place.ownerLink()).toBeNull()
  })

  it('can be owned anew once no owner can come in any more', async () => {
    const { store } = await open()
    const token = (await store.place.ownerLink()) ?? ''
    const { owner, session } = await store.place.found({ token, placeName: 'Fernhill', who: { name: 'Ann' } })
    expect(await store.place.ownerLink()).toBeNull()
    const { id = '' } = (await store.sessions.find(session ?? '')) ?? {}
    await store.sessions.revoke(owner.id, { id })
    expect(await store.place.ownerLink()).not.toBeNull()
  })

  it('stays with an owner who is signed in nowhere and has something to sign in by', async () => {
    const { store } = await open()
    const identity = { issuer: 'https://id.example.org', subject: 'ann' }
    const { person, token } = await store.identities.enter({ identity, agent: '', newcomer: { name: 'Ann' } })
    await store.people.setRole(person.id, 'owner')
    await store.sessions.revoke(person.id, { id: (await store.sessions.find(token))?.id ?? '' })
    expect(await store.place.ownerLink()).toBeNull()
    await store.accounts.remove(person.id, { type: 'sso', issuer: identity.issuer })
    expect(await store.place.ownerLink()).not.toBeNull()
    await store.accounts.setPassword({ personId: person.id, password: 'hash', keep: '' })
    expect(await store.place.ownerLink()).toBeNull()
  })

  it('is not founded under a name that is taken, and the link goes on working', async () => {
    const { store } = await inhabit(open, 'ann')
    const token = (await store.place.ownerLink()) ?? ''
    const found = (name: string) => store.place.found({ token, placeName: 'Fernhill', who: { name } })
    await expect(found('Аnn')).rejects.toEqual(refusal('name_taken'))
    expect(await store.place.get()).toEqual({ name: 'Natter', join: null })
    expect(await found('bob')).toMatchObject({ owner: { role: 'owner' } })
  })
}
