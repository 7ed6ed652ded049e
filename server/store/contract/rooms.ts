import { expect, it } from 'vitest'
import { ROOM_NAME_LENGTH } from '../../../protocol/limits.ts'
import { MyRoom } from '../../../protocol/rooms.ts'
import { draftOf, hear, inhabit, namesOf, packetsOf, refusal, roomOf, sayMany, type OpenStore } from './setting.ts'

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

  it('makes a private room that nobody finds or joins, and whose name takes none from anybody', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const make = (personId: string) => store.rooms.create({ name: 'Board', topic: '', personId, isPrivate: true })
    const { room } = await make(ann.id)
    expect(room).toMatchObject({ kind: 'private', name: 'Board', madeBy: ann.id })
    expect((await make(bob.id)).room.name).toBe('Board')
    expect((await store.rooms.create({ name: 'board', topic: '', personId: bob.id })).room.kind).toBe('public')
    await expect(store.rooms.join(room.id, bob.id)).rejects.toEqual(refusal('not_found'))
    for (const { id } of [ann, bob]) {
      const page = await store.rooms.list({ query: 'board', limit: 10, personId: id })
      expect(page.rooms.map((found) => found.room.kind)).toEqual(['public'])
    }
  })

  it('adds somebody to a room, private or not, once; nobody to a conversation of two', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const { room } = await store.rooms.create({ name: 'Board', topic: '', personId: ann.id, isPrivate: true })
    const commits = hear(store)
    for (const _ of [1, 2]) await store.rooms.add(room.id, bob.id)
    expect(packetsOf(commits, room.id).flatMap(({ changes }) => changes)).toEqual([
      { type: 'member:changed', member: { roomId: room.id, personId: bob.id, rev: 3, present: true } },
    ])
    await expect(store.rooms.add(room.id, 'nobody')).rejects.toEqual(refusal('not_found'))
    await expect(store.rooms.add('nowhere', bob.id)).rejects.toEqual(refusal('not_found'))
    const direct = await store.rooms.direct(ann.id, bob.id)
    const eve = await store.people.create({ name: 'Eve', role: 'member' })
    await expect(store.rooms.add(direct.room.id, eve.id)).rejects.toEqual(refusal('forbidden'))
    await store.people.remove(eve.id)
    await expect(store.rooms.add(room.id, eve.id)).rejects.toEqual(refusal('not_found'))
  })

  it('gives a room another name, as it would be made with, and tells it', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const [kitchen, garden] = [await roomOf(store, ann), await roomOf(store, ann, 'Garden')]
    const commits = hear(store)
    const renamed = await store.rooms.rename(kitchen, ' Küche ')
    expect(renamed).toMatchObject({ id: kitchen, name: 'Küche', madeBy: ann.id })
    expect(packetsOf(commits, kitchen)[0]?.changes).toEqual([{ type: 'room:changed', room: renamed }])
    expect((await store.rooms.rename(garden, 'Kitchen')).name, 'the old name is free').toBe('Kitchen')
    expect((await store.rooms.rename(kitchen, 'KÜCHE')).name, 'one’s own in another case').toBe('KÜCHE')
    await expect(store.rooms.rename(kitchen, 'Кitchen')).rejects.toEqual(refusal('name_taken'))
    await expect(store.rooms.rename(kitchen, '  ')).rejects.toEqual(refusal('invalid'))
    const direct = await store.rooms.direct(ann.id, bob.id)
    await expect(store.rooms.rename(direct.room.id, 'Us')).rejects.toEqual(refusal('forbidden'))
    await expect(store.rooms.rename('nowhere', 'Us')).rejects.toEqual(refusal('not_found'))
  })
}
