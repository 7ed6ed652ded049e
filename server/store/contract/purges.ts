import { expect, it, vi } from 'vitest'
import type { Purge } from '../../../protocol/moderation.ts'
import type { Store } from '../store.ts'
import { catchUp, draftOf, inhabit, range, refusal, roomOf, sayMany, type OpenStore } from './setting.ts'

/** Until it is whole. Returns every state it was in. */
async function whole(store: Store, { id }: Purge): Promise<Purge[]> {
  const states: Purge[] = []
  for (;;) {
    const purge = await store.moderation.step(id)
    states.push(purge)
    if (purge.state === 'deleted' || purge.state === 'restored') return states
  }
}

const textsOf = async (store: Store, roomId: string) =>
  (await store.messages.list({ roomId, limit: 100 })).messages.map(({ body, deleted }) => (deleted ? null : body))

export function purges(open: OpenStore): void {
  it('knows only what was begun', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    await expect(store.moderation.step('none')).rejects.toEqual(refusal('not_found'))
    await expect(store.moderation.undo('none', ann.id)).rejects.toEqual(refusal('not_found'))
    expect(await store.moderation.getPurge('none')).toBeNull()
  })

  it('deletes all that somebody wrote in the rooms that one looks after, and puts all of it back as it was', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, bob)
    const { id: hidden } = (await store.rooms.create({ name: 'H', topic: '', personId: bob.id, isPrivate: true })).room
    const { id: shared } = (await store.rooms.create({ name: 'S', topic: '', personId: bob.id, isPrivate: true })).room
    await store.rooms.add(shared, ann.id)
    const { room: two } = await store.rooms.direct(ann.id, bob.id)
    const rooms = [lobby, kitchen, hidden, shared, two.id]
    for (const roomId of rooms) await store.messages.append(draftOf(roomId, bob, 'spam'))
    await store.messages.append(draftOf(lobby, ann, 'mine'))
    const edited = await store.messages.edit({ roomId: lobby, seq: 1, body: 'more spam' })
    await store.messages.append(draftOf(lobby, bob, 'gone'))
    await store.messages.remove({ roomId: lobby, seq: 3, by: bob.id })

    const purge = await store.moderation.purge({ personId: bob.id, by: ann.id, since: 0, roomId: null })
    const states = await whole(store, purge)
    expect(states.at(-1)).toMatchObject({ personId: bob.id, by: ann.id, roomId: null, done: 3, state: 'deleted' })
    expect(await Promise.all(rooms.map((roomId) => textsOf(store, roomId)))).toEqual([
      [null, 'mine', null],
      [null],
      ['spam'],
      [null],
      ['spam'],
    ])
    expect(await store.messages.get(lobby, 1)).toMatchObject({ moderated: true, editedAt: null })
    expect(await store.moderation.purges(bob.id)).toEqual([states.at(-1)])

    expect(await store.moderation.undo(purge.id, ann.id)).toMatchObject({ id: purge.id })
    expect((await whole(store, purge)).at(-1)).toMatchObject({ done: 3, state: 'restored' })
    const { rev: _, ...before } = edited
    expect(await store.messages.get(lobby, 1)).toMatchObject(before)
    // What its author had deleted stays deleted, and what was edited still stands for the text it was sent with.
    expect(await textsOf(store, lobby)).toEqual(['more spam', 'mine', null])
    const { key } = edited
    expect(await store.messages.append({ ...draftOf(lobby, bob, 'spam'), key })).toMatchObject({ seq: 1 })
  })

  it('takes mentions away with the texts, and puts them back with them', async () => {
    const { store, lobby, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    for (const body of [`<@${ann.id}> buy`, `<@${cleo.id}> buy`]) await store.messages.append(draftOf(lobby, bob, body))
    await store.messages.append({ ...draftOf(lobby, bob, '<@here> buy'), here: [ann.id] })
    const told = async () =>
      (await store.messages.list({ roomId: lobby, limit: 10 })).messages.map((one) => one.mentions)
    const forAnn = async () => [
      (await store.rooms.mineOne(ann.id, lobby))?.forYou,
      (await store.forYou.list({ personId: ann.id, limit: 10 })).messages.map(({ seq }) => seq),
    ]
    const before = [await told(), await forAnn()]
    expect(before).toEqual([
      [[ann.id], [cleo.id], ['here', ann.id]],
      [2, [3, 1]],
    ])
    const purge = await store.moderation.purge({ personId: bob.id, by: ann.id, since: 0, roomId: null })
    await whole(store, purge)
    expect([await told(), await forAnn()]).toEqual([
      [undefined, undefined, undefined],
      [0, []],
    ])
    await store.moderation.undo(purge.id, ann.id)
    await whole(store, purge)
    expect([await told(), await forAnn()]).toEqual(before)
  })

  it('goes with its room when that is deleted', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, bob)
    await sayMany(store, kitchen, bob, 150)
    const purge = await store.moderation.purge({ personId: bob.id, by: ann.id, since: 0, roomId: null })
    await store.rooms.remove(kitchen, ann.id)
    expect((await whole(store, purge)).at(-1)).toMatchObject({ state: 'deleted' })
    await store.moderation.undo(purge.id, ann.id)
    expect((await whole(store, purge)).at(-1)).toMatchObject({ state: 'restored' })
    expect(await store.rooms.get(kitchen)).toBeNull()
  })

  it('is done in pieces that sync follows, and goes on after the store was closed in between', async () => {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    await sayMany(store, lobby, bob, 450)
    const { rev } = (await store.rooms.heads([lobby]))[lobby] ?? { rev: 0 }
    const purge = await store.moderation.purge({ personId: bob.id, by: ann.id, since: 0, roomId: lobby })
    expect(purge.state).toBe('deleting')
    expect(purge.done).toBeLessThan(450)
    const later = await reopen()
    expect(await later.moderation.unfinished()).toEqual([purge])
    await whole(later, purge)
    expect(await later.moderation.unfinished()).toEqual([])
    const { changes } = await catchUp(later, lobby, rev)
    expect(changes.every((change) => change.type === 'message:changed' && change.message.body === '')).toBe(true)
    expect(new Set(changes.map((change) => change.type === 'message:changed' && change.message.seq))).toEqual(
      new Set(range(1, 450)),
    )
  })

  it('takes only what is as new as was said, and nothing outside of the one room', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, bob)
    const old = await store.messages.append(draftOf(lobby, bob, 'old'))
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(old.sentAt), { interval: 1 })
    await store.messages.append(draftOf(lobby, bob, 'new'))
    await store.messages.append(draftOf(kitchen, bob, 'elsewhere'))
    await whole(
      store,
      await store.moderation.purge({ personId: bob.id, by: ann.id, since: old.sentAt + 1, roomId: lobby }),
    )
    expect(await textsOf(store, lobby)).toEqual(['old', null])
    expect(await textsOf(store, kitchen)).toEqual(['elsewhere'])
  })

  it('puts back nothing that its author wanted deleted meanwhile, and undoing twice is undoing once', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    await sayMany(store, lobby, bob, 2)
    const purge = await store.moderation.purge({ personId: bob.id, by: ann.id, since: 0, roomId: null })
    await whole(store, purge)
    await store.messages.remove({ roomId: lobby, seq: 1, by: bob.id })
    for (const _ of [1, 2]) await store.moderation.undo(purge.id, ann.id)
    await whole(store, purge)
    expect((await textsOf(store, lobby)).filter((body) => body !== null)).toHaveLength(1)
    await expect(store.moderation.undo('none', ann.id)).rejects.toEqual(refusal('not_found'))
    expect(await store.moderation.getPurge('none')).toBeNull()
  })
}
