import { expect, it } from 'vitest'
import { PREVIEW_LENGTH, UNREAD_LIMIT } from '../../../protocol/limits.ts'
import { MyRoom } from '../../../protocol/rooms.ts'
import { draftOf, inhabit, roomOf, sayMany, whileWriting, type OpenStore } from './setting.ts'

export function mine(open: OpenStore): void {
  it('tells of each room how far it has come, its newest message, and how far one has read', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const roomId = await roomOf(store, ann)
    await sayMany(store, lobby, ann, 2)
    const { seq, rev, sentAt } = await store.messages.append(draftOf(lobby, ann, 'the newest'))

    const rooms = await store.rooms.mine(ann.id)

    expect(rooms.map(({ room }) => room.id).toSorted()).toEqual([lobby, roomId].toSorted())
    expect((await store.rooms.idsOf(ann.id)).toSorted()).toEqual([lobby, roomId].toSorted())
    expect(await store.rooms.idsOf(bob.id)).toEqual([lobby])
    for (const one of rooms) expect(MyRoom.parse(one)).toEqual(one)
    const last = { seq, authorId: ann.id, text: 'the newest', sentAt, rev, deleted: false, moderated: false }
    expect(await store.rooms.mine(bob.id)).toEqual([
      {
        room: await store.rooms.default(),
        head: { seq, rev },
        last,
        readUpTo: 0,
        readRev: 0,
        unread: 3,
        forYou: 0,
        activeAt: sentAt,
        favourite: null,
        alerts: { level: 'forYou', mutedUntil: null },
      },
    ])
  })

  it('tells one room as it tells it among all, and none that somebody is not in', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const roomId = await roomOf(store, ann)
    await sayMany(store, lobby, bob, 3)
    for (const one of await store.rooms.mine(ann.id))
      expect(await store.rooms.mineOne(ann.id, one.room.id)).toEqual(one)
    expect(await store.rooms.mineOne(bob.id, roomId)).toBeNull()
    expect(await store.rooms.mineOne('nobody', lobby)).toBeNull()
    expect(await store.rooms.mine('nobody')).toEqual([])
  })

  it('has no newest message in a room where nobody has written', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    expect(await store.rooms.mineOne(ann.id, lobby)).toMatchObject({ head: { seq: 0 }, last: null, unread: 0 })
  })

  it('tells only the beginning of a long message, and never half a character', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const beginningOf = async (body: string) => {
      await store.messages.append(draftOf(lobby, ann, body))
      return (await store.rooms.mineOne(ann.id, lobby))?.last?.text
    }
    expect(await beginningOf('y'.repeat(PREVIEW_LENGTH))).toBe('y'.repeat(PREVIEW_LENGTH))
    expect(await beginningOf(`é${'x'.repeat(2 * PREVIEW_LENGTH)}`)).toBe(`é${'x'.repeat(PREVIEW_LENGTH - 1)}`)
    expect(await beginningOf('🙂'.repeat(PREVIEW_LENGTH))).toBe('🙂'.repeat(PREVIEW_LENGTH / 2))
    expect(await beginningOf(`x${'🙂'.repeat(PREVIEW_LENGTH)}`)).toBe(`x${'🙂'.repeat(PREVIEW_LENGTH / 2 - 1)}`)
  })

  it('counts as unread what others wrote above the read position, up to the limit', async () => {
    const { store, lobby, ann, bob, eve } = await inhabit(open, 'ann', 'bob', 'eve')
    const unread = async () => (await store.rooms.mineOne(eve.id, lobby))?.unread
    for (const author of [ann, bob, eve]) await sayMany(store, lobby, author, 2)
    expect(await unread(), 'writing is reading up to there').toBe(0)
    await sayMany(store, lobby, ann, UNREAD_LIMIT - 1)
    expect(await unread()).toBe(UNREAD_LIMIT - 1)
    await sayMany(store, lobby, bob, 20)
    expect(await unread()).toBe(UNREAD_LIMIT)
    await store.reads.advance({ roomId: lobby, personId: eve.id, seq: UNREAD_LIMIT + 20 })
    expect(await unread()).toBe(5)
  })

  it('begins for whoever joins with the newest message', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const roomId = await roomOf(store, ann)
    await sayMany(store, roomId, ann, 3)
    expect(await store.rooms.join(roomId, bob.id)).toMatchObject({ head: { seq: 3 }, readUpTo: 3, unread: 0 })
    await sayMany(store, roomId, ann, 1)
    expect(await store.rooms.mineOne(bob.id, roomId)).toMatchObject({ readUpTo: 3, unread: 1 })
  })

  it('counts unread messages as of the head that it tells, while somebody writes', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    await whileWriting(
      () => store.messages.append(draftOf(lobby, ann)),
      async () => {
        const [room] = await store.rooms.mine(bob.id)
        expect(room?.last?.seq ?? 0).toBe(room?.head.seq)
        expect(room?.unread).toBe(Math.min(room?.head.seq ?? 0, UNREAD_LIMIT))
      },
    )
  })
}
