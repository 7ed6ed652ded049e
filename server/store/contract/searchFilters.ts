import { expect, it } from 'vitest'
import { all } from './search.ts'
import { draftOf, inhabit, roomOf, type OpenStore } from './setting.ts'

export function searchFilters(open: OpenStore): void {
  it('looks only into rooms that one is in by now, and passes over who is blocked', async () => {
    const { store, lobby, ann, bob, eve } = await inhabit(open, 'ann', 'bob', 'eve')
    const kitchen = await roomOf(store, bob)
    await store.rooms.add(kitchen, eve.id)
    await store.messages.append(draftOf(kitchen, bob, 'quetzal'))
    expect(await all(store, ann.id, 'quetzal')).toEqual([])
    expect(await all(store, eve.id, 'in:kitchen quetzal')).toHaveLength(1)
    const unseen = await store.search.find({
      personId: ann.id,
      query: 'in:Kitchen q',
      order: 'newest',
      limit: 5,
      zone: 'UTC',
    })
    const none = await store.search.find({
      personId: ann.id,
      query: 'in:nowhere q',
      order: 'newest',
      limit: 5,
      zone: 'UTC',
    })
    expect(unseen).toEqual(none)
    await store.rooms.leave(kitchen, eve.id)
    expect(await all(store, eve.id, 'quetzal')).toEqual([])
    await store.messages.append(draftOf(lobby, bob, 'quetzal'))
    await store.blocks.set({ personId: ann.id, otherId: bob.id, blocked: true })
    expect(await all(store, ann.id, 'quetzal')).toEqual([])
    expect(await all(store, eve.id, 'quetzal')).toHaveLength(1)
  })

  it('keeps to who said it, where and when, and whether there is a link', async () => {
    const { store, lobby, ann, 'Bob Day': bobDay } = await inhabit(open, 'ann', 'Bob Day')
    const kitchen = await roomOf(store, ann)
    const { room: direct } = await store.rooms.direct(ann.id, bobDay.id)
    const say = (roomId: string, author: typeof ann, body: string) =>
      store.messages.append(draftOf(roomId, author, body))
    await say(lobby, ann, 'one')
    await say(kitchen, ann, 'two https://example.org/a')
    await say(direct.id, bobDay, 'three')
    const found = async (query: string) => (await all(store, ann.id, query)).map(({ body }) => body.split(' ')[0])
    expect(await found('from:me')).toEqual(['two', 'one'])
    expect(await found('from:day')).toEqual(['three'])
    expect(await found('from:d')).toEqual(['three'])
    expect(await found('from:"bob day" from:ann')).toEqual(['three', 'two', 'one'])
    expect(await found('in:KITCH')).toEqual(['two'])
    expect(await found('in:"Bob Day"')).toEqual(['three'])
    expect(await found('from:nobody')).toEqual([])
    expect(await found('has:link')).toEqual(['two'])
    const code = await say(kitchen, ann, 'four `code`')
    await say(lobby, ann, 'five ``` is no code')
    expect(await found('has:code')).toEqual(['four'])
    await store.pins.set({ roomId: kitchen, seq: code.seq, on: true, by: ann.id })
    expect(await found('is:pinned')).toEqual(['four'])
    expect(await found('is:pinned fou')).toEqual(['four'])
    expect(await found('is:pinned in:lobby')).toEqual([])
    await store.pins.set({ roomId: kitchen, seq: code.seq, on: false, by: ann.id })
    expect(await found('is:pinned')).toEqual([])
    const today = new Date().toISOString().slice(0, 10)
    expect(await found(`after:${today} before:2100-01-01`)).toEqual(['five', 'four', 'three', 'two', 'one'])
    expect(await found(`before:${today}`)).toEqual([])
    expect(await found('after:2100-01-01 one')).toEqual([])
  })
}
