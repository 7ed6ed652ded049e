import { expect, it } from 'vitest'
import { draftOf, hear, inhabit, range, refusal, roomOf, sayMany, type OpenStore } from './setting.ts'

export function direct(open: OpenStore): void {
  it('has one direct room for two people, whoever asks, from both sides at once too', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const commits = hear(store)
    const answers = await Promise.all([
      store.rooms.direct(ann.id, bob.id),
      store.rooms.direct(bob.id, ann.id),
      store.rooms.direct(ann.id, bob.id),
    ])
    answers.push(await store.rooms.direct(bob.id, ann.id))
    expect(new Set(answers.map(({ room }) => room.id)).size).toBe(1)
    expect(commits, 'made once, and nothing changed by asking again').toHaveLength(1)
  })

  it('belongs to both, has no name, and is no public room', async () => {
    const { store, ann, bob, eve } = await inhabit(open, 'ann', 'bob', 'eve')
    const { room } = await store.rooms.direct(ann.id, bob.id)
    expect(room).toMatchObject({ kind: 'direct', name: '', isDefault: false })
    expect(room.people.toSorted()).toEqual([ann.id, bob.id].toSorted())
    for (const { id } of [ann, bob]) expect((await store.rooms.mineOne(id, room.id))?.room).toEqual(room)
    expect(await store.rooms.hasMember(room.id, eve.id)).toBe(false)
    const { rooms } = await store.rooms.list({ query: '', limit: 10, personId: ann.id })
    expect(rooms.map((one) => one.room.id)).not.toContain(room.id)
  })

  it('is another room for each two people', async () => {
    const { store, ann, bob, eve } = await inhabit(open, 'ann', 'bob', 'eve')
    const pairs = [
      [ann, bob],
      [ann, eve],
      [bob, eve],
    ] as const
    const made = await Promise.all(pairs.map(([one, other]) => store.rooms.direct(one.id, other.id)))
    expect(new Set(made.map(({ room }) => room.id)).size).toBe(3)
    expect(await store.rooms.mine(ann.id)).toHaveLength(3)
  })

  it('keeps its messages unread for the other, from the first on', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const { room } = await store.rooms.direct(ann.id, bob.id)
    await store.messages.append(draftOf(room.id, ann))
    expect(await store.rooms.direct(bob.id, ann.id)).toMatchObject({ readUpTo: 0, unread: 1 })
    expect(await store.rooms.direct(ann.id, bob.id)).toMatchObject({ readUpTo: 1, unread: 0 })
  })

  it('is refused with oneself as invalid, and with a stranger as not found', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const commits = hear(store)
    await expect(store.rooms.direct(ann.id, ann.id)).rejects.toEqual(refusal('invalid'))
    await expect(store.rooms.direct(ann.id, 'nobody')).rejects.toEqual(refusal('not_found'))
    expect(commits).toEqual([])
    expect(await store.rooms.mine(ann.id)).toHaveLength(1)
  })

  it('has one direct room for up to twelve people as well, whoever asks and in whatever order', async () => {
    const { store, ann, bob, eve } = await inhabit(open, 'ann', 'bob', 'eve')
    const pair = await store.rooms.direct(ann.id, bob.id)
    const answers = await Promise.all([
      store.rooms.direct(ann.id, bob.id, eve.id),
      store.rooms.direct(eve.id, ann.id, bob.id, ann.id, eve.id),
    ])
    const [{ room }] = answers
    expect(answers.map((mine) => mine.room.id)).toEqual([room.id, room.id])
    expect(room.id).not.toBe(pair.room.id)
    expect(room).toMatchObject({ kind: 'direct', name: '', madeBy: null })
    expect(room.people.toSorted()).toEqual([ann.id, bob.id, eve.id].toSorted())
    for (const { id } of [ann, bob, eve]) expect((await store.rooms.mineOne(id, room.id))?.room).toEqual(room)
    const many = await Promise.all(range(1, 12).map((i) => store.people.create({ name: `n${i}`, role: 'member' })))
    const ids = many.map(({ id }) => id)
    expect((await store.rooms.direct(ann.id, ...ids.slice(1))).room.people).toHaveLength(12)
    await expect(store.rooms.direct(ann.id, ...ids)).rejects.toEqual(refusal('invalid'))
  })

  it('lets somebody leave a conversation of more than two, and takes them in again, from then on, when it is begun again', async () => {
    const { store, ann, bob, eve } = await inhabit(open, 'ann', 'bob', 'eve')
    const { room } = await store.rooms.direct(ann.id, bob.id, eve.id)
    await sayMany(store, room.id, ann, 2)
    expect(await store.rooms.mineOne(bob.id, room.id)).toMatchObject({ readUpTo: 0, unread: 2 })
    await store.rooms.leave(room.id, eve.id)
    expect(await store.rooms.hasMember(room.id, eve.id)).toBe(false)
    const again = await store.rooms.direct(bob.id, eve.id, ann.id)
    expect(again).toMatchObject({ room: { id: room.id, people: room.people }, unread: 2 })
    expect(await store.rooms.mineOne(eve.id, room.id)).toMatchObject({ readUpTo: 2, unread: 0 })
    await store.people.remove(eve.id)
    await expect(store.rooms.direct(bob.id, eve.id, ann.id)).rejects.toEqual(refusal('not_found'))
    expect(await store.rooms.mineOne(ann.id, room.id)).not.toBeNull()
  })

  it('knows who shares a room with somebody, for as long as both are in it', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const gus = await store.people.create({ name: 'Gus', role: 'guest' })
    const ids = [ann.id, bob.id, 'nobody']
    expect(await store.rooms.sharedWith(gus.id, ids)).toEqual([])
    const roomId = await roomOf(store, ann)
    await store.rooms.add(roomId, gus.id)
    expect(await store.rooms.sharedWith(gus.id, ids)).toEqual([ann.id])
    await store.rooms.leave(roomId, ann.id)
    expect(await store.rooms.sharedWith(gus.id, ids)).toEqual([])
  })
}
