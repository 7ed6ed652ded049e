import { expect, it } from 'vitest'
import { hear, inhabit, roomOf, type OpenStore } from './setting.ts'

export function favourites(open: OpenStore): void {
  it('keeps somebody’s favourites in their order, for them alone and without a revision of any room', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const [kitchen, attic] = [await roomOf(store, ann), await roomOf(store, ann, 'Attic')]
    const heads = await store.rooms.heads([lobby, kitchen, attic])
    const commits = hear(store)
    expect(await store.rooms.arrange(ann.id, [attic, lobby, attic])).toEqual([attic, lobby])
    expect(commits.map(({ rooms, alone }) => ({ rooms, alone }))).toEqual([
      { rooms: [], alone: [{ personId: ann.id, event: 'room:arranged', payload: { roomIds: [attic, lobby] } }] },
    ])
    const favouritesOf = async (personId: string) =>
      (await store.rooms.mine(personId))
        .filter(({ favourite }) => favourite !== null)
        .sort((a, b) => Number(a.favourite) - Number(b.favourite))
        .map(({ room }) => room.id)
    expect(await favouritesOf(ann.id)).toEqual([attic, lobby])
    expect(await favouritesOf(bob.id)).toEqual([])
    await store.rooms.arrange(ann.id, [kitchen, attic])
    expect(await favouritesOf(ann.id)).toEqual([kitchen, attic])
    expect(await store.rooms.heads([lobby, kitchen, attic])).toEqual(heads)
  })

  it('passes by a room that they are not in, and forgets one that they leave', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const [kitchen, board] = [
      await roomOf(store, ann),
      (await store.rooms.create({ name: 'Board', topic: '', personId: ann.id, isPrivate: true })).room.id,
    ]
    await store.rooms.join(kitchen, bob.id)
    expect(await store.rooms.arrange(bob.id, [board, 'nowhere', kitchen, lobby])).toEqual([kitchen, lobby])
    await store.rooms.leave(kitchen, bob.id)
    expect((await store.rooms.join(kitchen, bob.id)).favourite).toBeNull()
    expect((await store.rooms.mineOne(bob.id, lobby))?.favourite).not.toBeNull()
  })
}
