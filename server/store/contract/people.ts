import { expect, it } from 'vitest'
import { NAME_LENGTH, SYNC_PAGE } from '../../../protocol/limits.ts'
import { Person } from '../../../protocol/people.ts'
import type { Store } from '../store.ts'
import {
  expectToJoin,
  hear,
  inhabit,
  inSlices,
  namesOf,
  range,
  refusal,
  whileWriting,
  type OpenStore,
} from './setting.ts'

/** Digits tell people apart by appearance too, as long as nothing but digits differs. */
const crowd = (store: Store, count: number) =>
  inSlices(range(1, count), (i) => store.people.create({ name: `Person ${i}`, role: 'member' }))

export function people(open: OpenStore): void {
  it('shows a name the same way everywhere, however it was typed', async () => {
    const { store } = await open()
    const person = await store.people.create({ name: '  Ａnn \t O’Neil ', role: 'visitor' })
    expect(person).toMatchObject({ name: 'Ann O’Neil', role: 'visitor' })
    expect(Person.parse(person)).toEqual(person)
    expect(await store.people.get([person.id])).toEqual([person])
  })

  it('refuses an invalid name, and nothing of it remains', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const commits = hear(store)
    for (const name of ['', '   ', 'a\u202eb', 'a\u200bb', '\u3164', 'x'.repeat(NAME_LENGTH + 1)]) {
      await expect(store.people.create({ name, role: 'member' }), name).rejects.toEqual(refusal('invalid'))
      await expect(store.people.rename(ann.id, name), name).rejects.toEqual(refusal('invalid'))
    }
    expect(await store.people.rev()).toBe(ann.rev)
    expect((await store.rooms.members({ roomId: lobby, limit: 10 })).people).toEqual([ann])
    expect(commits).toEqual([])
  })

  it('takes a name by its appearance, when two come at once too', async () => {
    const { store } = await open()
    const come = (name: string) => store.people.create({ name, role: 'member' })
    const ends = await Promise.allSettled(['Oscar', '0scar', 'OSCAR', 'оscar'].map(come))
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toEqual(refusal('name_taken'))
  })

  it('makes everybody a member of the default room', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    expect(await store.rooms.hasMember(lobby, ann.id)).toBe(true)
    expect((await store.rooms.mine(ann.id)).map(({ room }) => room.id)).toEqual([lobby])
  })

  it('hands out the least used tint: nobody shares one before all 96 are used', async () => {
    const { store } = await open()
    const tints = (await crowd(store, 2 * 96)).map(({ tint }) => tint)
    expect(new Set(tints.slice(0, 96))).toEqual(new Set(range(0, 95)))
    expect(new Set(tints.slice(96))).toEqual(new Set(range(0, 95)))
    expect(new Set(tints.slice(0, 12).map((tint) => tint % 12)).size, 'the first twelve differ in hue').toBe(12)
  })

  it('renames: tint and everything else stay, and the old name is free', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const renamed = await store.people.rename(ann.id, ' Anna ')
    expect(renamed).toEqual({ ...ann, name: 'Anna', rev: Math.max(ann.rev, bob.rev) + 1 })
    expect(await store.people.get([ann.id])).toEqual([renamed])
    expect(await store.people.rename(bob.id, 'ann')).toMatchObject({ id: bob.id, name: 'ann' })
  })

  it('refuses to rename to a name that looks like somebody’s; one’s own in another case is fine', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    await expect(store.people.rename(bob.id, 'АNN')).rejects.toEqual(refusal('name_taken'))
    expect(await store.people.get([bob.id])).toEqual([bob])
    expect(await store.people.rename(ann.id, 'ANN')).toMatchObject({ name: 'ANN' })
  })

  it('gives those who exist, each once, and leaves out the others', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const found = await store.people.get([bob.id, 'nobody', ann.id, bob.id])
    expect(namesOf(found).toSorted()).toEqual(['ann', 'bob'])
    expect(await store.people.get([])).toEqual([])
  })

  it('finds somebody by a name that looks like theirs', async () => {
    const { store, ann } = await inhabit(open, 'ann', 'bob')
    expect(await store.people.byName('Аnn')).toEqual(ann)
    expect(await store.people.byName('anna')).toBeNull()
  })

  it('tells everybody who changed since a revision, oldest change first, in pages up to the newest', async () => {
    const { store } = await open()
    const [first] = await crowd(store, SYNC_PAGE + 5)
    const renamed = await store.people.rename(first?.id ?? '', 'Somebody')
    expect(await store.people.rev()).toBe(renamed.rev)

    const one = await store.people.sync(0)
    const two = await store.people.sync(one.rev)

    expect([one.people.length, one.more, two.people.length, two.more]).toEqual([SYNC_PAGE, true, 5, false])
    expect([one.rev, two.rev]).toEqual([one.people.at(-1)?.rev, renamed.rev])
    const told = [...one.people, ...two.people]
    expect(told.map(({ rev }) => rev)).toEqual(range(2, renamed.rev))
    expect(told.at(-1)).toEqual(renamed)
    expect(await store.people.sync(renamed.rev)).toEqual({ people: [], rev: renamed.rev, more: false })
  })

  it('announces people so that each packet goes on where the one before it ended', async () => {
    const { store } = await open()
    const commits = hear(store)
    const [, second] = await crowd(store, 20)
    await store.people.rename(second?.id ?? '', 'Somebody')
    const packets = commits.flatMap((commit) => commit.people ?? [])
    expect(expectToJoin(packets, 0)).toBe(await store.people.rev())
    const newest = new Map(packets.flatMap((packet) => packet.people).map((person) => [person.id, person]))
    expect([...newest.values()].toSorted((a, b) => a.rev - b.rev)).toEqual((await store.people.sync(0)).people)
  })

  it('never says that it told of somebody whom it did not tell of, while people come', async () => {
    const { store } = await open()
    let known = 0
    await whileWriting(
      (i) => store.people.create({ name: `Person ${i}`, role: 'member' }),
      async () => {
        const page = await store.people.sync(known)
        expect(page.people.map(({ rev }) => rev)).toEqual(range(known + 1, page.rev))
        known = page.rev
      },
    )
  })
}
