import { expect, it } from 'vitest'
import { ROOM_NAME_LENGTH } from '../../../protocol/limits.ts'
import { MyRoom } from '../../../protocol/rooms.ts'
import { draftOf, hear, inhabit, namesOf, refusal, roomOf, sayMany, type OpenStore } from './setting.ts'

export function rooms(open: OpenStore): void {
  it('begins with one public room that everybody is in', async () => {
    const { store, lobby } = await inhabit(open)
    expect(await store.rooms.default()).toMatchObject({ id: lobby, kind: 'public', isDefault: true, people: [] })
    expect(await store.rooms.get(lobby)).toEqual(await store.rooms.default())
    expect(await store.rooms.heads([lobby])).toEqual({ [lobby]: { seq: 0, rev: 1 } })
  })

  it('makes a public room with its first member', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const mine = await store.rooms.create({ name: '  Ｋitchen  one ', topic: ' Soup ', personId: ann.id })
    expect(MyRoom.parse(mine)).toEqual(mine)
    expect(mine.room).toMatchObject({ kind: 'public', name: 'Kitchen one', topic: 'Soup', isDefault: false })
    expect(await store.rooms.get(mine.room.id)).toEqual(mine.room)
    expect(await store.rooms.get('nowhere')).toBeNull()
    expect(await store.rooms.mineOne(ann.id, mine.room.id)).toEqual(mine)
    expect(await store.rooms.hasMember(mine.room.id, ann.id)).toBe(true)
    expect(await store.rooms.hasMember(mine.room.id, bob.id)).toBe(false)
  })

  it('refuses a room’s name that is invalid, or looks like another public room’s, when two make it at once too', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const make = (name: string) => store.rooms.create({ name, topic: '', personId: ann.id })
    for (const name of ['', ' ', 'a\u202eb', 'x'.repeat(ROOM_NAME_LENGTH + 1)])
      await expect(make(name), name).rejects.toEqual(refusal('invalid'))
    const ends = await Promise.allSettled(['Oslo', '0SLO', 'оslo'].map(make))
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toEqual(refusal('name_taken'))
    await store.rooms.direct(ann.id, bob.id)
    expect((await make('Bob')).room.name, 'people and rooms are named apart').toBe('Bob')
  })

  it('joins once, however often and at once it is asked', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const roomId = await roomOf(store, ann)
    const commits = hear(store)
    const answers = await Promise.all([1, 2, 3].map(() => store.rooms.join(roomId, bob.id)))
    const rev = (await store.rooms.heads([roomId]))[roomId]?.rev
    expect(await store.rooms.join(roomId, bob.id)).toEqual(answers[0])
    expect((await store.rooms.heads([roomId]))[roomId]?.rev).toBe(rev)
    expect(commits.flatMap((commit) => commit.rooms.flatMap(({ changes }) => changes))).toEqual([
      { type: 'member:changed', member: { roomId, personId: bob.id, rev, present: true } },
    ])
    expect((await store.rooms.members({ roomId, limit: 10 })).total).toBe(2)
  })

  it('refuses to join a room that is not public or not there, in the same words', async () => {
    const { store, ann, bob, eve } = await inhabit(open, 'ann', 'bob', 'eve')
    const { room } = await store.rooms.direct(ann.id, bob.id)
    const [hidden, missing] = await Promise.allSettled([room.id, 'nowhere'].map((id) => store.rooms.join(id, eve.id)))
    expect(hidden).toMatchObject({ status: 'rejected', reason: refusal('not_found') })
    expect(missing).toEqual(hidden)
    expect(await store.rooms.hasMember(room.id, eve.id)).toBe(false)
  })

  it('forgets on leaving how far somebody had read: whoever comes back begins with the newest', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const roomId = await roomOf(store, ann)
    await store.rooms.join(roomId, bob.id)
    await sayMany(store, roomId, ann, 5)
    await store.reads.advance({ roomId, personId: bob.id, seq: 2 })

    await store.rooms.leave(roomId, bob.id)
    expect(await store.rooms.hasMember(roomId, bob.id)).toBe(false)
    expect(await store.rooms.mineOne(bob.id, roomId)).toBeNull()
    expect((await store.rooms.mine(bob.id)).map(({ room }) => room.id)).not.toContain(roomId)

    expect(await store.rooms.join(roomId, bob.id)).toMatchObject({ readUpTo: 5, unread: 0 })
    expect(namesOf((await store.rooms.members({ roomId, limit: 10 })).people)).toEqual(['ann', 'bob'])
  })

  it('refuses to leave the default room and a direct room, and changes nothing', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const { room } = await store.rooms.direct(ann.id, bob.id)
    const before = await store.rooms.mine(ann.id)
    for (const roomId of [lobby, room.id])
      await expect(store.rooms.leave(roomId, ann.id)).rejects.toEqual(refusal('forbidden'))
    expect(await store.rooms.mine(ann.id)).toEqual(before)
  })

  it('sets the topic, as a change of the room itself', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const roomId = await roomOf(store, ann)
    const { rev } = await store.messages.append(draftOf(roomId, ann))
    const before = await store.rooms.get(roomId)
    const room = await store.rooms.setTopic(roomId, ' Soup ')
    expect(room).toEqual({ ...before, topic: 'Soup', rev: rev + 1 })
    expect(await store.rooms.get(roomId)).toEqual(room)
    expect((await store.messages.append(draftOf(roomId, ann))).rev).toBe(rev + 2)
    await expect(store.rooms.setTopic('nowhere', 'x')).rejects.toEqual(refusal('not_found'))
  })

  it('tells the heads of several rooms together', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const roomId = await roomOf(store, ann)
    const [, second] = await sayMany(store, roomId, ann, 2)
    expect(await store.rooms.heads([roomId, lobby])).toEqual({
      [roomId]: { seq: 2, rev: second?.rev },
      [lobby]: { seq: 0, rev: 2 },
    })
  })
}
