import { expect, it } from 'vitest'
import { UNREAD_LIMIT } from '../../../protocol/limits.ts'
import { ReadPosition } from '../../../protocol/unread.ts'
import { emptyCommit, hear, inhabit, refusal, roomOf, sayMany, type OpenStore } from './setting.ts'

export function reads(open: OpenStore): void {
  /** Ten messages by ann, and bob, who has read none of them. */
  async function unread() {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    await sayMany(store, lobby, ann, 10)
    const advance = (seq: number) => store.reads.advance({ roomId: lobby, personId: bob.id, seq })
    const putBack = (seq: number, rev: number) => store.reads.advance({ roomId: lobby, personId: bob.id, seq, rev })
    return { store, reopen, lobby, ann, bob, advance, putBack }
  }

  it('rises, and never falls by itself', async () => {
    const { store, lobby, bob, advance } = await unread()
    const position = await advance(4)
    expect(position).toEqual({ roomId: lobby, readUpTo: 4, rev: 0, unread: 6, forYou: 0, seq: 10 })
    expect(ReadPosition.parse(position)).toEqual(position)
    expect(await advance(2)).toEqual(position)
    expect(await advance(0)).toEqual(position)
    expect(await store.rooms.mineOne(bob.id, lobby)).toMatchObject({ readUpTo: 4, unread: 6 })
  })

  it('never passes the room’s head: what is written later is unread', async () => {
    const { store, lobby, ann, bob, advance } = await unread()
    expect(await advance(1_000)).toEqual({ roomId: lobby, readUpTo: 10, rev: 0, unread: 0, forYou: 0, seq: 10 })
    await sayMany(store, lobby, ann, 1)
    expect(await store.rooms.mineOne(bob.id, lobby)).toMatchObject({ readUpTo: 10, unread: 1 })
  })

  it('is the farthest that any device has read, in whatever order they say so', async () => {
    const { store, lobby, bob, advance } = await unread()
    await Promise.all([3, 7, 5, 1].map(advance))
    expect(await store.rooms.mineOne(bob.id, lobby)).toMatchObject({ readUpTo: 7, unread: 3 })
  })

  it('falls by a larger rev alone, and whoever has not heard of that does not undo it', async () => {
    const { store, lobby, bob, advance, putBack } = await unread()
    await advance(9)
    expect(await putBack(4, 0)).toMatchObject({ readUpTo: 9, rev: 0 })
    const position = { roomId: lobby, readUpTo: 4, rev: 1, unread: 6, forYou: 0, seq: 10 }
    expect(await putBack(4, 1)).toEqual(position)
    expect(await putBack(10, 0)).toEqual(position)
    expect(await putBack(4, 1), 'said twice').toEqual(position)
    expect(await putBack(6, 1)).toEqual({ ...position, readUpTo: 6, unread: 4 })
    expect(await advance(7)).toEqual({ ...position, readUpTo: 7, unread: 3 })
    expect(await putBack(1_000, 3)).toEqual({ ...position, readUpTo: 10, rev: 3, unread: 0 })
    expect(await store.rooms.mineOne(bob.id, lobby)).toMatchObject({ readUpTo: 10, readRev: 3, unread: 0 })
  })

  it('ends at the same place, in whatever order positions are said', async () => {
    const said: [number, number][] = [
      [9, 0],
      [2, 1],
      [5, 1],
      [10, 0],
    ]
    for (const order of [said, said.toReversed()]) {
      const { store, lobby, bob, putBack } = await unread()
      await Promise.all(order.map(([seq, rev]) => putBack(seq, rev)))
      expect(await store.rooms.mineOne(bob.id, lobby)).toMatchObject({ readUpTo: 5, readRev: 1, unread: 5 })
    }
  })

  it('is put back no less for what its reader writes before, and read again by what they write after', async () => {
    const { store, lobby, bob, putBack } = await unread()
    await sayMany(store, lobby, bob, 1)
    expect(await putBack(3, 1)).toMatchObject({ readUpTo: 3, unread: 7, seq: 11 })
    await sayMany(store, lobby, bob, 1)
    expect(await store.rooms.mineOne(bob.id, lobby)).toMatchObject({ readUpTo: 12, readRev: 1, unread: 0 })
  })

  it('is private: no revision, and nobody else learns of it', async () => {
    const { store, lobby, ann, bob, advance } = await unread()
    const before = [await store.rooms.mine(ann.id), await store.rooms.heads([lobby])]
    const commits = hear(store)
    await advance(5)
    const payload = { roomId: lobby, readUpTo: 5, rev: 0, unread: 5, forYou: 0, seq: 10 }
    const alone = [{ personId: bob.id, event: 'read:advanced', payload }]
    expect(commits).toEqual([{ ...emptyCommit, alone }])
    expect([await store.rooms.mine(ann.id), await store.rooms.heads([lobby])]).toEqual(before)
    expect(JSON.stringify(await store.messages.sync({ roomId: lobby, since: 0 }))).not.toContain('read')
    expect(await store.rooms.mineOne(bob.id, lobby)).toMatchObject({ readUpTo: 5 })
  })

  it('is remembered after opening again', async () => {
    const { reopen, lobby, bob, advance, putBack } = await unread()
    await advance(9)
    await putBack(5, 1)
    const later = await reopen()
    expect(await later.rooms.mineOne(bob.id, lobby)).toMatchObject({ readUpTo: 5, readRev: 1, unread: 5 })
  })

  it('counts what others wrote above it, up to the limit', async () => {
    const { store, lobby, ann, bob, advance } = await unread()
    await sayMany(store, lobby, ann, 2 * UNREAD_LIMIT)
    expect(await advance(3)).toMatchObject({ unread: UNREAD_LIMIT })
    expect(await advance(2 * UNREAD_LIMIT)).toMatchObject({ unread: 10 })
    await sayMany(store, lobby, bob, 5)
    expect(await store.reads.advance({ roomId: lobby, personId: ann.id, seq: 1 })).toMatchObject({ unread: 5 })
  })

  it('is refused in a room that one is not in, or has left', async () => {
    const { store, ann, bob } = await unread()
    const roomId = await roomOf(store, ann)
    const advance = (room: string) => store.reads.advance({ roomId: room, personId: bob.id, seq: 1 })
    for (const room of [roomId, 'nowhere']) await expect(advance(room)).rejects.toEqual(refusal('not_found'))
    await store.rooms.join(roomId, bob.id)
    await store.rooms.leave(roomId, bob.id)
    await expect(advance(roomId)).rejects.toEqual(refusal('not_found'))
  })
}
