import { expect, it } from 'vitest'
import type { Identity } from '../identities.ts'
import type { Store } from '../store.ts'
import { inhabit, refusal, type OpenStore } from './setting.ts'

const issuer = 'https://id.example.org'
const maya = { issuer, subject: 'maya' }
const another = { issuer, subject: 'another' }

const sessionOf = async (store: Store, personId: string) =>
  (await store.sessions.find(await store.sessions.create(personId)))?.id ?? ''

export function identities(open: OpenStore): void {
  it('makes somebody new of whom nobody is yet, once, and knows them again', async () => {
    const { store, reopen } = await inhabit(open)
    expect(await store.identities.find(maya)).toBeNull()
    await expect(store.identities.enter({ identity: maya, agent: '' })).rejects.toEqual(refusal('unauthorized'))
    const newcomer = { name: 'Maya' }
    const ends = await Promise.all(
      [1, 2].map(() => store.identities.enter({ identity: maya, agent: 'Phone', newcomer })),
    )
    expect(ends[0]?.person).toMatchObject({ name: 'Maya', role: 'member' })
    expect(ends[1]?.person).toEqual(ends[0]?.person)
    const later = await reopen()
    expect(await later.identities.find(maya)).toEqual(ends[0]?.person)
    for (const { token } of ends)
      expect(await later.sessions.find(token)).toMatchObject({ person: ends[0]?.person, way: 'sso', agent: 'Phone' })
    for (const other of [
      { ...maya, subject: 'jun' },
      { ...maya, issuer: 'https://other.example.org' },
    ])
      expect(await later.identities.find(other)).toBeNull()
  })

  it('takes a newcomer whole or not at all, and by an invitation like any other', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    await store.people.setRole(ann.id, 'owner')
    const enter = (newcomer: { name: string; invite?: string }) =>
      store.identities.enter({ identity: maya, agent: '', newcomer })
    await expect(enter({ name: 'ANN' })).rejects.toEqual(refusal('name_taken'))
    await expect(enter({ name: 'Maya', invite: 'none' })).rejects.toEqual(refusal('not_found'))
    expect(await store.identities.find(maya)).toBeNull()
    const { room } = await store.rooms.create({ name: 'Bench', topic: '', personId: ann.id, isPrivate: true })
    const link = { role: 'guest' as const, roomIds: [room.id], uses: 1, expiresAt: null, createdBy: ann.id }
    const { token: invite } = await store.invites.create(link)
    const { person } = await enter({ name: 'Maya', invite })
    expect(person.role).toBe('guest')
    expect(await store.rooms.hasMember(room.id, person.id)).toBe(true)
  })

  it('is a way of signing in beside others, and the last one stays as long as its provider is asked', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const [anns, bobs] = [await sessionOf(store, ann.id), await sessionOf(store, bob.id)]
    const add = (personId: string, sessionId: string, identity: Identity) =>
      store.identities.add({ personId, sessionId, identity })
    expect((await add(ann.id, anns, maya)).code).toMatch(/-/)
    expect(await add(ann.id, anns, maya)).toEqual({ code: null })
    await expect(add(bob.id, bobs, maya)).rejects.toEqual(refusal('conflict'))
    await expect(add(ann.id, anns, { issuer, subject: 'other' })).rejects.toEqual(refusal('conflict'))
    await expect(add('nobody', anns, { issuer, subject: 'x' })).rejects.toEqual(refusal('not_found'))
    for (const ended of ['none', anns])
      await expect(add(bob.id, ended, another)).rejects.toEqual(refusal('unauthorized'))
    await store.sessions.revoke(bob.id, { id: bobs })
    await expect(add(bob.id, bobs, another)).rejects.toEqual(refusal('unauthorized'))
    expect(await store.accounts.get(ann.id)).toMatchObject({ issuers: [issuer], hasCode: true })
    const way = { type: 'sso', issuer } as const
    await expect(store.accounts.remove(ann.id, way, issuer)).rejects.toEqual(refusal('forbidden'))
    await store.accounts.setPassword({ personId: ann.id, password: 'hash', keep: '' })
    await expect(store.accounts.remove(ann.id, { type: 'password' }, 'https://other.example.org')).rejects.toEqual(
      refusal('forbidden'),
    )
    await store.accounts.remove(ann.id, way, issuer)
    expect(await store.identities.find(maya)).toBeNull()
    // One that is not there is passed by.
    await store.accounts.remove(ann.id, way, issuer)
  })

  it('lets nobody in who is banned, and them again when that is lifted', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    await store.people.setRole(ann.id, 'owner')
    const { person } = await store.identities.enter({ identity: maya, agent: '', newcomer: { name: 'Maya' } })
    await store.moderation.ban({ personId: person.id, by: ann.id })
    await expect(store.identities.enter({ identity: maya, agent: '' })).rejects.toEqual(refusal('forbidden'))
    await store.moderation.lift(person.id, ann.id)
    expect((await store.identities.enter({ identity: maya, agent: '' })).person).toMatchObject({ id: person.id })
  })

  it('does not take who was removed for somebody new', async () => {
    const { store } = await inhabit(open)
    const { person } = await store.identities.enter({ identity: maya, agent: '', newcomer: { name: 'Maya' } })
    await store.people.remove(person.id)
    expect(await store.identities.find(maya)).toMatchObject({ id: person.id, gone: true })
    await expect(
      store.identities.enter({ identity: maya, agent: '', newcomer: { name: 'Maya again' } }),
    ).rejects.toEqual(refusal('forbidden'))
  })
}
