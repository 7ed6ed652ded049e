import { expect, it } from 'vitest'
import { MARKS, PASSKEYS } from '../../../protocol/limits.ts'
import type { Store } from '../store.ts'
import { hear, inhabit, refusal, type OpenStore } from './setting.ts'

const CODE = /^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/

const passkeyOf = (personId: string, id = 'one') => ({
  id,
  personId,
  publicKey: 'public',
  counter: 0,
  transports: ['internal'],
  agent: 'Phone',
})

const sessionsOf = async (store: Store, personId: string) =>
  (await store.sessions.list(personId, 100)).map(({ way }) => way)

export function accounts(open: OpenStore): void {
  it('has no way of signing in for whoever has not claimed their name, or is not there', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const none = { password: null, hasCode: false, passkeys: [], issuers: [] }
    for (const id of [ann.id, 'nobody']) expect(await store.accounts.get(id)).toEqual(none)
    await expect(store.accounts.newCode(ann.id)).rejects.toEqual(refusal('not_found'))
    const claiming = { personId: 'nobody', password: 'hash', keep: '' }
    await expect(store.accounts.setPassword(claiming)).rejects.toEqual(refusal('not_found'))
    await expect(store.accounts.addPasskey(passkeyOf('nobody'))).rejects.toEqual(refusal('not_found'))
  })

  it('sets a password, shows a code the first time alone, and ends all other sessions and links, which it tells', async () => {
    const { store, reopen, ann, bob } = await inhabit(open, 'ann', 'bob')
    const [mine = '', other = '', bobs = ''] = await Promise.all(
      [ann, ann, bob].map(({ id }) => store.sessions.create(id)),
    )
    const [device, link] = [await store.sessions.link(ann.id, inAWhile()), await linkFor(store, ann.id)]
    const idOf = async (token: string) => (await store.sessions.find(token))?.id ?? ''
    const [keep, ended] = [await idOf(mine), await idOf(other)]
    const commits = hear(store)
    const first = await store.accounts.setPassword({ personId: ann.id, password: 'hash', keep })
    expect(first.code).toMatch(CODE)
    expect(commits.flatMap(({ sessions }) => sessions)).toEqual([ended])
    expect([await idOf(mine), await idOf(other), await idOf(bobs)]).toEqual([keep, '', expect.stringMatching(/./)])
    await expect(store.sessions.useLink(device, '')).rejects.toEqual(refusal('not_found'))
    expect(await store.accounts.whose({ link })).toBeNull()
    const again = await store.accounts.setPassword({ personId: ann.id, password: 'other', keep })
    expect(again).toEqual({ code: null })
    const kept = await (await reopen()).accounts.get(ann.id)
    expect(kept).toEqual({ password: 'other', hasCode: true, passkeys: [], issuers: [] })
    expect(JSON.stringify(kept)).not.toContain(first.code)
  })

  it('keeps several passkeys, each once, and notes when one is used', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    expect((await store.accounts.addPasskey(passkeyOf(ann.id, 'one'))).code).toMatch(CODE)
    expect(await store.accounts.addPasskey(passkeyOf(ann.id, 'two'))).toEqual({ code: null })
    for (const id of [ann.id, bob.id])
      await expect(store.accounts.addPasskey(passkeyOf(id, 'one'))).rejects.toEqual(refusal('conflict'))
    await store.accounts.signIn({ personId: ann.id, by: { passkey: 'two', counter: 7 }, agent: '' })
    expect(await store.accounts.findPasskey('two')).toMatchObject({
      ...passkeyOf(ann.id, 'two'),
      counter: 7,
      usedAt: expect.any(Number),
    })
    expect(await store.accounts.findPasskey('three')).toBeNull()
    expect((await store.accounts.get(ann.id)).passkeys.map(({ id, usedAt }) => [id, usedAt === null])).toEqual([
      ['one', true],
      ['two', false],
    ])
    for (let i = 2; i < PASSKEYS; i++) await store.accounts.addPasskey(passkeyOf(ann.id, `more ${i}`))
    await expect(store.accounts.addPasskey(passkeyOf(ann.id, 'last'))).rejects.toEqual(refusal('forbidden'))
  })

  it('removes any way of signing in but the last one', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    await store.accounts.setPassword({ personId: ann.id, password: 'hash', keep: '' })
    await store.accounts.addPasskey(passkeyOf(ann.id))
    await store.accounts.addPasskey(passkeyOf(bob.id, 'bobs'))
    await store.accounts.remove(ann.id, { type: 'passkey', id: 'bobs' })
    expect(await store.accounts.findPasskey('bobs')).not.toBeNull()
    await store.accounts.remove(ann.id, { type: 'password' })
    await expect(store.accounts.remove(ann.id, { type: 'passkey', id: 'one' })).rejects.toEqual(refusal('forbidden'))
    expect(await store.accounts.get(ann.id)).toMatchObject({ password: null, passkeys: [{ id: 'one' }] })
  })

  it('signs in by what is still theirs, and says how', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    await store.accounts.setPassword({ personId: ann.id, password: 'hash', keep: '' })
    await store.accounts.addPasskey(passkeyOf(ann.id))
    const entries = [{ password: 'hash' }, { passkey: 'one', counter: 1 }]
    for (const by of entries) {
      const token = await store.accounts.signIn({ personId: ann.id, by, agent: 'Phone' })
      expect(await store.sessions.find(token)).toMatchObject({ person: ann, agent: 'Phone', madeBy: null })
    }
    expect((await sessionsOf(store, ann.id)).toSorted()).toEqual(['passkey', 'password'])
    for (const by of [{ password: 'before' }, { passkey: 'another', counter: 1 }])
      await expect(store.accounts.signIn({ personId: ann.id, by, agent: '' })).rejects.toEqual(refusal('unauthorized'))
    await store.people.remove(ann.id)
    for (const by of entries)
      await expect(store.accounts.signIn({ personId: ann.id, by, agent: '' })).rejects.toEqual(refusal('unauthorized'))
    expect(await store.accounts.get(ann.id)).toEqual({ password: null, hasCode: false, passkeys: [], issuers: [] })
  })

  it('gives somebody back their name by their code, once, however it is written, and another code', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const old = await store.sessions.create(ann.id)
    const { code } = await store.accounts.setPassword({ personId: ann.id, password: 'hash', keep: '' })
    const written = (code ?? '').toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    expect(await store.accounts.whose({ code: written })).toEqual(ann)
    const back = await store.accounts.reset({ code: written }, { password: 'new', agent: 'Phone' })
    expect(back).toEqual({
      person: ann,
      token: expect.stringMatching(/^[\w-]{43}$/),
      code: expect.stringMatching(CODE),
    })
    expect(await store.sessions.find(old)).toBeNull()
    expect(await store.sessions.find(back.token)).toMatchObject({ way: 'code', agent: 'Phone' })
    expect((await store.accounts.get(ann.id)).password).toBe('new')
    const entry = { password: 'evil', agent: '' }
    for (const used of [code ?? '', '', back.code.slice(1)])
      await expect(store.accounts.reset({ code: used }, entry)).rejects.toEqual(refusal('not_found'))
    expect(await store.accounts.newCode(ann.id)).toMatch(CODE)
    expect(await store.accounts.whose({ code: back.code })).toBeNull()
  })

  it('gives somebody back their name by a link, once, also when two open it at once, and says who made it', async () => {
    const { store, reopen, ann, bob } = await inhabit(open, 'ann', 'bob')
    const [before, link] = [await linkFor(store, ann.id), await linkFor(store, ann.id, bob.id)]
    const later = await reopen()
    expect(await later.accounts.whose({ link })).toEqual(ann)
    const entry = { password: 'new', agent: 'Phone' }
    await expect(later.accounts.reset({ link: before }, entry)).rejects.toEqual(refusal('not_found'))
    const ends = await Promise.allSettled([1, 2].map(() => later.accounts.reset({ link }, entry)))
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(await later.sessions.list(ann.id, 10)).toMatchObject([{ way: 'link', madeBy: bob.id, agent: 'Phone' }])
  })

  it('gives nobody anything by a link that has expired, or is of somebody who was removed', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const expired = await store.accounts.resetLink({ personId: ann.id, madeBy: null, expiresAt: Date.now() - 1 })
    const gone = await linkFor(store, bob.id)
    await store.people.remove(bob.id)
    for (const link of [expired, gone, 'x'.repeat(43), '']) {
      expect(await store.accounts.whose({ link })).toBeNull()
      await expect(store.accounts.reset({ link }, { password: 'x', agent: '' })).rejects.toEqual(refusal('not_found'))
    }
    await expect(linkFor(store, bob.id)).rejects.toEqual(refusal('not_found'))
    expect(await sessionsOf(store, ann.id)).toEqual([])
  })

  it('knows the browsers and addresses again that somebody signed in from, the newest of them, and nobody else’s', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    await store.accounts.mark(ann.id, ['first', 'second'])
    expect(await store.accounts.marked(ann.id, ['other', 'second'])).toBe('second')
    expect(await store.accounts.marked(bob.id, ['first', 'second'])).toBeNull()
    for (let i = 0; i < MARKS; i++) await store.accounts.mark(ann.id, [`later ${i}`])
    expect(await store.accounts.marked(ann.id, ['first', 'second'])).toBeNull()
    expect(await store.accounts.marked(ann.id, [`later ${MARKS - 1}`])).not.toBeNull()
  })
}

const inAWhile = () => Date.now() + 60_000

const linkFor = (store: Store, personId: string, madeBy: string | null = null) =>
  store.accounts.resetLink({ personId, madeBy, expiresAt: inAWhile() })
