import { expect, it } from 'vitest'
import { PUSH_SUBSCRIPTIONS } from '../../../protocol/limits.ts'
import type { Commit, Store } from '../store.ts'
import { inhabit, range, refusal, roomOf, type OpenStore } from './setting.ts'

const keysOf = (endpoint: string) => ({ endpoint, p256dh: `p of ${endpoint}`, auth: `a of ${endpoint}` })

/** Somebody's browser, signed in. */
async function browserOf(store: Store, personId: string, endpoint: string): Promise<string> {
  const { id } = (await store.sessions.find(await store.sessions.create(personId))) ?? { id: '' }
  await store.push.subscribe({ ...keysOf(endpoint), personId, sessionId: id })
  return id
}

const addresses = async (store: Store, roomId: string) =>
  (await store.push.targets({ roomId, limit: 100 })).targets.map(({ endpoint }) => endpoint)

export function push(open: OpenStore): void {
  it('keeps the first pair of keys', async () => {
    const { store, reopen } = await inhabit(open, 'ann')
    const first = { publicKey: 'public', privateKey: 'private' }
    expect(await store.push.keys(first)).toEqual(first)
    const later = await reopen()
    expect(await later.push.keys({ publicKey: 'other', privateKey: 'other' })).toEqual(first)
  })

  it('reaches the browsers of those who are in a room, and what they have read and want', async () => {
    const { store, reopen, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, ann)
    await browserOf(store, ann.id, 'https://a')
    await browserOf(store, bob.id, 'https://b')
    expect(await addresses(store, kitchen)).toEqual(['https://a'])
    await store.rooms.join(kitchen, bob.id)
    const { seq } = await store.messages.append({
      roomId: kitchen,
      authorId: ann.id,
      key: crypto.randomUUID(),
      body: 'x',
    })
    const later = await reopen()
    expect(await later.push.targets({ roomId: kitchen, limit: 1 })).toEqual({
      targets: [
        {
          ...keysOf('https://a'),
          personId: ann.id,
          alerts: { level: 'forYou', mutedUntil: null },
          readUpTo: seq,
          toldUpTo: 0,
        },
      ],
      next: 'https://a',
    })
    const rest = await later.push.targets({ roomId: kitchen, limit: 1, after: 'https://a' })
    expect(rest).toMatchObject({ targets: [{ personId: bob.id, readUpTo: 0 }], next: null })
    await later.rooms.leave(kitchen, bob.id)
    expect(await addresses(later, kitchen)).toEqual(['https://a'])
  })

  it('reaches a browser for as long as its session lasts, and for whoever used it last', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const session = await browserOf(store, ann.id, 'https://a')
    await browserOf(store, bob.id, 'https://shared')
    await browserOf(store, ann.id, 'https://shared')
    expect(await store.push.of(bob.id)).toEqual([])
    expect(await store.push.of(ann.id)).toEqual([keysOf('https://a'), keysOf('https://shared')])
    await store.sessions.revoke(ann.id, { id: session })
    expect(await addresses(store, lobby)).toEqual(['https://shared'])
    await store.push.subscribe({ ...keysOf('https://late'), personId: ann.id, sessionId: session })
    expect(await addresses(store, lobby)).toEqual(['https://shared'])
    await store.people.remove(ann.id)
    expect(await store.push.of(ann.id)).toEqual([])
  })

  it('forgets a browser for its own person, or for everybody once it is gone', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    await browserOf(store, ann.id, 'https://a')
    await store.push.forget('https://a', bob.id)
    expect(await store.push.of(ann.id)).toHaveLength(1)
    for (const _ of [1, 2]) await store.push.forget('https://a')
    expect(await store.push.of(ann.id)).toEqual([])
  })

  it('keeps the newest of many browsers', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const { id } = (await store.sessions.find(await store.sessions.create(ann.id))) ?? { id: '' }
    for (const i of range(1, PUSH_SUBSCRIPTIONS + 1))
      await store.push.subscribe({
        ...keysOf(`https://${String(i).padStart(2, '0')}`),
        personId: ann.id,
        sessionId: id,
      })
    expect(await store.push.of(ann.id)).toHaveLength(PUSH_SUBSCRIPTIONS)
  })

  it('remembers what somebody was told of, which only rises', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    await browserOf(store, ann.id, 'https://a')
    for (const seq of [5, 3]) await store.push.told(lobby, [{ personId: ann.id, seq }])
    expect((await store.push.targets({ roomId: lobby, limit: 9 })).targets).toMatchObject([{ toldUpTo: 5 }])
  })

  it('withdraws once what was told, when all of it is read', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    for (const body of ['one', 'two'])
      await store.messages.append({ roomId: lobby, authorId: bob.id, key: crypto.randomUUID(), body })
    expect(await store.push.isRead(lobby, ann.id)).toBe(false)
    await store.push.told(lobby, [{ personId: ann.id, seq: 2 }])
    await store.reads.advance({ roomId: lobby, personId: ann.id, seq: 1 })
    expect([await store.push.isRead(lobby, ann.id), await store.push.withdraw(lobby, ann.id)]).toEqual([false, false])
    await store.reads.advance({ roomId: lobby, personId: ann.id, seq: 2 })
    expect(await store.push.isRead(lobby, ann.id)).toBe(true)
    expect(await store.push.withdraw(lobby, ann.id)).toBe(true)
    expect([await store.push.isRead(lobby, ann.id), await store.push.withdraw(lobby, ann.id)]).toEqual([false, false])
  })

  it('keeps how much of a room somebody wants to hear, tells nobody else, and ends a mute by itself', async () => {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const commits: Commit[] = []
    store.onCommit((commit) => commits.push(commit))
    const [where, until] = [{ roomId: lobby, personId: ann.id }, Date.now() + 60_000]
    expect(await store.push.setAlerts({ ...where, level: 'all' })).toEqual({ level: 'all', mutedUntil: null })
    expect(await store.push.setAlerts({ ...where, mutedUntil: until })).toEqual({ level: 'all', mutedUntil: until })
    const told = (mutedUntil: number | null) => {
      const payload = { roomId: lobby, alerts: { level: 'all', mutedUntil } }
      return [[], [{ personId: ann.id, event: 'push:changed', payload }]]
    }
    expect(commits.map(({ rooms, alone }) => [rooms, alone])).toEqual([told(null), told(until)])
    const later = await reopen()
    expect(await later.rooms.mine(ann.id)).toMatchObject([{ alerts: { level: 'all', mutedUntil: until } }])
    expect(await later.rooms.mine(bob.id)).toMatchObject([{ alerts: { level: 'forYou', mutedUntil: null } }])
    await later.push.setAlerts({ ...where, mutedUntil: Date.now() - 1 })
    expect(await later.rooms.mineOne(ann.id, lobby)).toMatchObject({ alerts: { mutedUntil: null } })
    expect(await later.push.setAlerts({ ...where, mutedUntil: null })).toEqual({ level: 'all', mutedUntil: null })
    const kitchen = await roomOf(later, bob)
    await expect(later.push.setAlerts({ roomId: kitchen, personId: ann.id, level: 'all' })).rejects.toEqual(
      refusal('not_found'),
    )
  })
}
