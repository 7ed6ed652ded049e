import { expect, it } from 'vitest'
import { SYNC_LIMIT, SYNC_PAGE } from '../../../protocol/limits.ts'
import { RoomChanges } from '../../../protocol/changes.ts'
import {
  catchUp,
  draftOf,
  inhabit,
  namesOf,
  range,
  revsOf,
  roomOf,
  sayMany,
  seqsOf,
  thingOf,
  whileWriting,
  type OpenStore,
} from './setting.ts'

export function sync(open: OpenStore): void {
  it('has nothing to tell somebody who is at the head', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const { rev } = await store.messages.append(draftOf(lobby, ann))
    expect(await store.messages.sync({ roomId: lobby, since: rev })).toEqual({
      changed: null,
      more: false,
      reset: null,
    })
  })

  it('tells everything since a revision, oldest change first, in pages up to the head', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const roomId = await roomOf(store, ann)
    await sayMany(store, roomId, ann, SYNC_PAGE)
    await store.rooms.join(roomId, bob.id)
    await store.rooms.setTopic(roomId, 'Soup')
    const messages = await sayMany(store, roomId, bob, SYNC_PAGE)
    const head = messages.at(-1)?.rev ?? 0

    const { pages, changes, rev } = await catchUp(store, roomId, 1)

    expect(pages.map((page) => page.changes.length)).toEqual([SYNC_PAGE, SYNC_PAGE, 3])
    expect([rev, revsOf(changes)]).toEqual([head, range(2, head)])
    for (const page of pages) expect(RoomChanges.parse(page)).toEqual(page)
  })

  it('ends a page that is just full with the head', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const sent = await sayMany(store, lobby, ann, SYNC_PAGE)
    const since = (sent[0]?.rev ?? 0) - 1
    const { changed, more } = await store.messages.sync({ roomId: lobby, since })
    expect([changed?.changes.length, changed?.rev, more]).toEqual([SYNC_PAGE, sent.at(-1)?.rev, false])
  })

  it('tells each changed thing once, in its newest state; whoever left is there as not present', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const roomId = await roomOf(store, ann)
    const since = (await store.rooms.heads([roomId]))[roomId]?.rev ?? 0
    await store.rooms.setTopic(roomId, 'Soup')
    await store.rooms.join(roomId, bob.id)
    const message = await store.messages.append(draftOf(roomId, bob))
    await store.rooms.leave(roomId, bob.id)
    const room = await store.rooms.setTopic(roomId, 'Stew')

    const { changes, rev } = await catchUp(store, roomId, since)

    const member = { roomId, personId: bob.id, rev: message.rev + 1, present: false }
    expect(changes).toEqual([
      { type: 'message:changed', message },
      { type: 'member:changed', member },
      { type: 'room:changed', room },
    ])
    expect(rev).toBe(room.rev)
  })

  it('begins with the room itself for somebody who knows nothing of it', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const { room } = await store.rooms.direct(ann.id, bob.id)
    const { pages, changes } = await catchUp(store, room.id, 0)
    expect(changes[0]).toEqual({ type: 'room:changed', room })
    const things = changes.map((change) => thingOf(change).thing)
    expect(new Set(things)).toEqual(new Set(['room', `member ${ann.id}`, `member ${bob.id}`]))
    expect(namesOf(pages.flatMap(({ people }) => people)).toSorted()).toEqual(['ann', 'bob'])
  })

  it('brings everybody whom the changes speak of, once and as they are now', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob', 'eve')
    const since = (await store.rooms.heads([lobby]))[lobby]?.rev ?? 0
    for (const author of [bob, ann, bob]) await store.messages.append(draftOf(lobby, author))
    const renamed = await store.people.rename(bob.id, 'Robert')
    const { pages } = await catchUp(store, lobby, since)
    expect(pages.flatMap(({ people }) => people).toSorted((a, b) => a.rev - b.rev)).toEqual([ann, renamed])
  })

  it('is reset to the newest page when more than the limit behind, and not a change earlier', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const rev = (await sayMany(store, lobby, ann, SYNC_LIMIT + 1)).at(-1)?.rev ?? 0
    expect((await catchUp(store, lobby, rev - SYNC_LIMIT)).changes).toHaveLength(SYNC_LIMIT)

    const { changed, more, reset } = await store.messages.sync({ roomId: lobby, since: rev - SYNC_LIMIT - 1 })

    expect([changed, more]).toEqual([null, false])
    expect(reset).toMatchObject({ roomId: lobby, head: { seq: SYNC_LIMIT + 1, rev }, people: [ann] })
    const seqs = seqsOf(reset?.messages ?? [])
    expect(seqs).toEqual(range(SYNC_LIMIT + 2 - seqs.length, SYNC_LIMIT + 1))
    expect(seqs.length).toBeGreaterThan(0)
  })

  it('is reset when ahead of the head: those revisions are of another past', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const { rev } = await store.messages.append(draftOf(lobby, ann))
    const { changed, reset } = await store.messages.sync({ roomId: lobby, since: rev + 1 })
    expect(changed).toBeNull()
    expect(reset).toMatchObject({ head: { seq: 1, rev }, messages: [{ seq: 1 }] })
  })

  it('never says that it told of a change which it did not tell of, while somebody writes', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const [first, ...others] = await sayMany(store, lobby, ann, 10)
    let known = others.at(-1)?.rev ?? 0
    await whileWriting(
      () => store.messages.append(draftOf(lobby, ann)),
      async () => {
        const since = Math.max(first?.rev ?? 0, known - 5)
        const { changed } = await store.messages.sync({ roomId: lobby, since })
        known = changed?.rev ?? 0
        expect(revsOf(changed?.changes ?? [])).toEqual(range(since + 1, known))
      },
    )
  })
}
