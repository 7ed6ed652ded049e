import { setTimeout as after } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { hear, inhabit, refusal, type OpenStore } from './setting.ts'

export function sessions(open: OpenStore): void {
  it('makes a new token of 256 bits each time, and finds the person by any of them', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const people = [ann, ann, bob]
    const tokens = await Promise.all(people.map(({ id }) => store.sessions.create(id)))
    expect(new Set(tokens).size).toBe(3)
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/)
    const found = await Promise.all(tokens.map(store.sessions.find))
    expect(found.map((one) => one?.person)).toEqual(people)
    expect(new Set(found.map((one) => one?.id)).size).toBe(3)
  })

  it('finds nobody by a token that it did not make', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const token = await store.sessions.create(ann.id)
    const others = ['', ann.id, token.slice(0, -1), `${token}A`, token.toLowerCase(), '%', 'x'.repeat(43)]
    for (const other of others) expect(await store.sessions.find(other), other).toBeNull()
  })

  it('takes a token that a handshake already handed out', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const token = 'x'.repeat(43)
    expect(await store.sessions.create(ann.id, { token })).toBe(token)
    expect(await store.sessions.find(token)).toMatchObject({ person: ann })
  })

  it('finds somebody as they are now', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const token = await store.sessions.create(ann.id)
    const renamed = await store.people.rename(ann.id, 'Anna')
    expect(await store.sessions.find(token)).toMatchObject({ person: renamed })
  })

  it('lists where somebody is signed in, last seen first, and nothing of others or of tokens', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const [phone, laptop] = [
      await store.sessions.create(ann.id, { agent: 'Phone' }),
      await store.sessions.create(ann.id, { agent: 'Laptop' }),
    ]
    await store.sessions.create(bob.id, { agent: 'Other' })
    await after(5)
    const found = await store.sessions.find(phone)
    await store.sessions.seen(found?.id ?? '')
    const sessions = await store.sessions.list(ann.id, 10)
    expect(sessions.map(({ agent }) => agent)).toEqual(['Phone', 'Laptop'])
    expect(sessions[0]?.seenAt).toBeGreaterThan(found?.seenAt ?? Infinity)
    for (const token of [phone, laptop]) expect(JSON.stringify(sessions)).not.toContain(token)
  })

  it('tells when people were last here, in whichever of their sessions that was, and nothing of who is signed in nowhere', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const [phone] = [await store.sessions.create(ann.id), await store.sessions.create(ann.id)]
    await after(5)
    await store.sessions.seen((await store.sessions.find(phone))?.id ?? '')
    const [newest] = await store.sessions.list(ann.id, 1)
    expect(await store.sessions.lastSeen([ann.id, bob.id, 'nobody'])).toEqual({ [ann.id]: newest?.seenAt })
    expect(await store.sessions.lastSeen([])).toEqual({})
  })

  it('ends one of somebody’s own, or all but one, tells it, and leaves everybody else’s', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const tokens = await Promise.all([ann, ann, ann, bob].map(({ id }) => store.sessions.create(id)))
    const [one = '', two = '', three = '', bobs = ''] = tokens
    const idOf = async (token: string) => (await store.sessions.find(token))?.id ?? ''
    const ids = await Promise.all(tokens.map(idOf))
    const commits = hear(store)
    await store.sessions.revoke(bob.id, { id: ids[0] ?? '' })
    expect(await idOf(one)).not.toBe('')
    for (const _ of [1, 2]) await store.sessions.revoke(ann.id, { id: ids[0] ?? '' })
    await store.sessions.revoke(ann.id, { except: ids[1] ?? '' })
    expect(await Promise.all([one, two, three, bobs].map(idOf))).toEqual(['', ids[1], '', ids[3]])
    expect(commits.map(({ sessions }) => sessions)).toEqual([[ids[0]], [ids[2]]])
  })

  it('signs another device in by a link, once, also when two open it at once', async () => {
    const { store, reopen, ann } = await inhabit(open, 'ann')
    const [old, token] = [await store.sessions.link(ann.id, inAWhile()), await store.sessions.link(ann.id, inAWhile())]
    const later = await reopen()
    expect(await Promise.all([old, token].map(later.sessions.whoseLink))).toEqual([null, ann])
    await expect(later.sessions.useLink(old, 'Phone')).rejects.toEqual(refusal('not_found'))
    const ends = await Promise.allSettled([1, 2].map(() => later.sessions.useLink(token, 'Phone')))
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(await later.sessions.whoseLink(token)).toBeNull()
    const [made] = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
    expect(made?.person).toEqual(ann)
    expect(await later.sessions.find(made?.token ?? '')).toMatchObject({ person: ann, agent: 'Phone' })
  })

  it('signs nobody in by a link that has expired, was never made, or is of somebody who was removed', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const expired = await store.sessions.link(ann.id, Date.now() - 1)
    const gone = await store.sessions.link(bob.id, inAWhile())
    await store.people.remove(bob.id)
    for (const token of [expired, gone, 'x'.repeat(43), '']) {
      expect(await store.sessions.whoseLink(token)).toBe(null)
      await expect(store.sessions.useLink(token, '')).rejects.toEqual(refusal('not_found'))
    }
    expect(await store.sessions.list(ann.id, 10)).toEqual([])
  })
}

const inAWhile = () => Date.now() + 60_000
