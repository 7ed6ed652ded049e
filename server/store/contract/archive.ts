import { expect, it } from 'vitest'
import { draftOf, hear, inhabit, packetsOf, refusal, roomOf, sayMany, type OpenStore } from './setting.ts'

export function archive(open: OpenStore): void {
  it('puts a room away with its name and everybody in it, and brings it back as it was; twice is once', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const roomId = await roomOf(store, ann)
    await store.rooms.join(roomId, bob.id)
    await sayMany(store, roomId, ann, 3)
    const before = await store.rooms.mineOne(bob.id, roomId)
    const commits = hear(store)
    const archived = await store.rooms.archive(roomId, true)
    expect(await store.rooms.archive(roomId, true)).toEqual(archived)
    expect(packetsOf(commits, roomId).flatMap(({ changes }) => changes)).toEqual([
      { type: 'room:changed', room: archived },
    ])
    expect(archived.archived).toBe(true)
    expect(await store.rooms.mineOne(bob.id, roomId)).toMatchObject({ room: archived, unread: 3 })
    await expect(store.rooms.create({ name: 'kitchen', topic: '', personId: bob.id })).rejects.toEqual(
      refusal('name_taken'),
    )
    const back = await store.rooms.archive(roomId, false)
    expect(await store.rooms.mineOne(bob.id, roomId)).toEqual({ ...before, room: back, head: expect.anything() })
    expect(back).toEqual({ ...before?.room, rev: back.rev })
  })

  it('refuses everything that would change an archived room, but not to delete what one wrote, nor to leave it', async () => {
    const { store, ann, bob, eve } = await inhabit(open, 'ann', 'bob', 'eve')
    const roomId = await roomOf(store, ann)
    await store.rooms.join(roomId, bob.id)
    const { seq } = await store.messages.append(draftOf(roomId, bob))
    await store.rooms.archive(roomId, true)
    const commits = hear(store)
    for (const refused of [
      store.messages.append({ ...draftOf(roomId, ann), looksAfter: true }),
      store.messages.edit({ roomId, seq, body: 'new', looksAfter: true }),
      store.rooms.rename(roomId, 'Attic'),
      store.rooms.setTopic(roomId, 'Soup'),
      store.rooms.setWriting({ roomId, slowMode: 5 }),
      store.rooms.join(roomId, eve.id),
      store.rooms.add(roomId, eve.id),
    ])
      await expect(refused).rejects.toEqual(refusal('forbidden'))
    expect(commits).toEqual([])
    await store.messages.remove({ roomId, seq })
    await store.rooms.leave(roomId, bob.id)
    expect(await store.rooms.hasMember(roomId, bob.id)).toBe(false)
  })

  it('lists archived rooms apart: public ones, and of the private ones those that somebody is in', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, ann)
    const board = await store.rooms.create({ name: 'Board', topic: '', personId: ann.id, isPrivate: true })
    for (const roomId of [kitchen, board.room.id]) await store.rooms.archive(roomId, true)
    const listed = async (personId: string, archived: boolean, onlyTheirs = false) =>
      (await store.rooms.list({ query: '', limit: 10, personId, archived, onlyTheirs })).rooms.map(
        ({ room }) => room.id,
      )
    expect(await listed(ann.id, false)).toEqual([lobby])
    expect(await listed(ann.id, true)).toEqual([board.room.id, kitchen])
    expect(await listed(bob.id, true)).toEqual([kitchen])
    expect(await listed(bob.id, true, true)).toEqual([])
  })

  it('lets nobody into an archived room by an invitation; a guest who would be nowhere does not come in', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const [kitchen, attic] = [await roomOf(store, ann), await roomOf(store, ann, 'Attic')]
    await store.people.setRole(ann.id, 'owner')
    const make = (role: 'guest' | 'member', roomIds: string[]) =>
      store.invites.create({ role, roomIds, uses: null, expiresAt: null, createdBy: ann.id })
    const links = [
      await make('guest', [kitchen, attic]),
      await make('member', [kitchen]),
      await make('guest', [kitchen]),
    ]
    await store.rooms.archive(kitchen, true)
    const [gus, max] = [
      await store.invites.use(links[0]?.token ?? '', 'Gus'),
      await store.invites.use(links[1]?.token ?? '', 'Max'),
    ]
    expect((await store.rooms.mine(gus.id)).map(({ room }) => room.id)).toEqual([attic])
    expect(await store.rooms.hasMember(kitchen, max.id)).toBe(false)
    await expect(store.invites.use(links[2]?.token ?? '', 'Gil')).rejects.toEqual(refusal('not_found'))
  })

  it('keeps the default room and conversations from being archived and from being deleted', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const { room } = await store.rooms.direct(ann.id, bob.id)
    for (const roomId of [lobby, room.id]) {
      await expect(store.rooms.archive(roomId, true)).rejects.toEqual(refusal('forbidden'))
      await expect(store.rooms.remove(roomId)).rejects.toEqual(refusal('forbidden'))
    }
    await expect(store.rooms.archive('nowhere', true)).rejects.toEqual(refusal('not_found'))
    await expect(store.rooms.remove('nowhere')).rejects.toEqual(refusal('not_found'))
  })

  it('deletes a room at once for everybody, and tells that once and nothing of it any more', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const roomId = await roomOf(store, ann)
    await store.rooms.join(roomId, bob.id)
    await sayMany(store, roomId, bob, 3)
    const commits = hear(store)
    await Promise.all([sayMany(store, roomId, bob, 2), store.rooms.remove(roomId)])
    expect(commits.flatMap(({ deletedRooms }) => deletedRooms)).toEqual([roomId])
    for (const { id } of [ann, bob]) {
      expect(await store.rooms.hasMember(roomId, id)).toBe(false)
      expect(await store.rooms.mineOne(id, roomId)).toBeNull()
      expect((await store.rooms.mine(id)).map(({ room }) => room.id)).not.toContain(roomId)
    }
    expect(await store.rooms.get(roomId)).toBeNull()
    for (const archived of [true, false])
      expect((await store.rooms.list({ query: 'kitchen', limit: 10, personId: ann.id, archived })).rooms).toEqual([])
    for (const refused of [
      store.messages.append(draftOf(roomId, bob)),
      store.messages.edit({ roomId, seq: 1, body: 'new' }),
      store.messages.remove({ roomId, seq: 1 }),
      store.reads.advance({ roomId, personId: bob.id, seq: 3 }),
      store.rooms.join(roomId, bob.id),
      store.rooms.add(roomId, bob.id),
      store.rooms.rename(roomId, 'Attic'),
      store.rooms.setTopic(roomId, 'Soup'),
      store.rooms.archive(roomId, false),
      store.rooms.remove(roomId),
    ])
      await expect(refused).rejects.toEqual(refusal('not_found'))
    expect((await store.rooms.create({ name: 'Kitchen', topic: '', personId: bob.id })).room.name).toBe('Kitchen')
    await expect.poll(async () => (await store.messages.list({ roomId, limit: 10 })).messages).toEqual([])
  })

  it('leads nobody to a deleted room by an invitation, and somebody still to the other ones', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const [kitchen, attic] = [await roomOf(store, ann), await roomOf(store, ann, 'Attic')]
    await store.people.setRole(ann.id, 'owner')
    const make = (roomIds: string[]) =>
      store.invites.create({ role: 'guest', roomIds, uses: null, expiresAt: null, createdBy: ann.id })
    const [both, one] = [await make([kitchen, attic]), await make([kitchen])]
    await store.rooms.remove(kitchen)
    expect((await store.invites.find(both.token))?.roomIds).toEqual([attic])
    expect(await store.invites.find(one.token)).toBeNull()
    const gus = await store.invites.use(both.token, 'Gus')
    expect((await store.rooms.mine(gus.id)).map(({ room }) => room.id)).toEqual([attic])
  })
}
