import { expect, it } from 'vitest'
import { inhabit, namesOf, range, roomOf, type OpenStore } from './setting.ts'

type Page<T> = { items: T[]; next: string | null }

/** Page after page to the end; each but the last is full, and none but the first is empty. */
async function allPages<T>(limit: number, ask: (after: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = []
  for (let after: string | undefined; ;) {
    const { items, next } = await ask(after)
    if (after !== undefined) expect(items, 'there is more where a page said so').not.toEqual([])
    all.push(...items)
    if (next === null) return all
    expect(items).toHaveLength(limit)
    expect(all.length, 'the pages come to an end').toBeLessThan(100)
    after = next
  }
}

export function lists(open: OpenStore): void {
  /** People and public rooms are searched alike: what is found of `names`, as people and as rooms. */
  async function searchable(...names: string[]) {
    const { store, ann } = await inhabit(open, 'ann')
    for (const name of names) await store.people.create({ name, role: 'member' })
    for (const name of names) await store.rooms.create({ name, topic: '', personId: ann.id })
    const among = (found: string[]) => names.filter((name) => found.includes(name))
    return async (query: string) => {
      const { people } = await store.people.list({ query, limit: 50 })
      const { rooms } = await store.rooms.list({ query, limit: 50, personId: ann.id })
      const found = among(namesOf(people))
      expect(among(namesOf(rooms.map(({ room }) => room)))).toEqual(found)
      return found
    }
  }

  it('finds names by the beginning of any word', async () => {
    const find = await searchable('Maria Lopez', 'Lola', 'Carlo', 'Anna Maria Lund')
    expect(await find('lo')).toEqual(['Maria Lopez', 'Lola'])
    expect(await find('maria l')).toEqual(['Maria Lopez', 'Anna Maria Lund'])
    expect(await find('arlo')).toEqual([])
    expect(await find('')).toHaveLength(4)
    expect(await find('  lund ')).toEqual(['Anna Maria Lund'])
  })

  it('ignores the case of any script, and in which form an accent was typed', async () => {
    const find = await searchable('Élodie', 'José Ñandú', 'Мария', 'Zoë')
    for (const query of ['é', 'É', 'e\u0301lo', 'E\u0301']) expect(await find(query), query).toEqual(['Élodie'])
    expect(await find('ñANDÚ')).toEqual(['José Ñandú'])
    expect(await find('мАР')).toEqual(['Мария'])
    expect(await find('Zoe')).toEqual([])
  })

  it('takes every sign of a query for itself', async () => {
    const find = await searchable('100% sure', '%b', '_c', 'd\\e', "f'g")
    expect(await find('%')).toEqual(['%b'])
    expect(await find('100%')).toEqual(['100% sure'])
    expect(await find('1%')).toEqual([])
    expect(await find('_')).toEqual(['_c'])
    expect(await find('d\\')).toEqual(['d\\e'])
    expect(await find('\\')).toEqual([])
    expect(await find("f'")).toEqual(["f'g"])
  })

  it('lists people by name without regard to case, each once, in pages', async () => {
    const { store } = await inhabit(open, 'dora', 'Bob', 'ann', 'Cid', 'Eve', 'Bea Bobson')
    const list = (query: string, limit: number) =>
      allPages(limit, async (after) => {
        const { people, next } = await store.people.list({ query, after, limit })
        return { items: namesOf(people), next }
      })
    const all = ['ann', 'Bea Bobson', 'Bob', 'Cid', 'dora', 'Eve']
    for (const limit of [1, 2, 3, 6, 7]) expect(await list('', limit), `${limit} a page`).toEqual(all)
    expect(await list('b', 1)).toEqual(['Bea Bobson', 'Bob'])
  })

  it('lists the public rooms by name, how many are in each, and whether one is', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    await roomOf(store, ann, 'zebra')
    const attic = await roomOf(store, ann, 'Attic')
    await store.rooms.join(attic, bob.id)
    const left = await roomOf(store, bob, 'balcony')
    await store.rooms.leave(left, bob.id)
    await store.rooms.direct(ann.id, bob.id)
    const list = (limit: number) =>
      allPages(limit, async (after) => {
        const { rooms, next } = await store.rooms.list({ query: '', after, limit, personId: bob.id })
        return { items: rooms.map(({ room, members, joined }) => [room.name, members, joined]), next }
      })
    const { name } = await store.rooms.default()
    const all = [
      ['Attic', 2, true],
      ['balcony', 0, false],
      [name, 2, true],
      ['zebra', 1, false],
    ]
    for (const limit of [1, 2, 4, 5]) expect(await list(limit), `${limit} a page`).toEqual(all)
  })

  it('lists who is present in a room by name, and how many they are', async () => {
    const { store, dora, Bob, ann } = await inhabit(open, 'dora', 'Bob', 'ann', 'eve')
    const roomId = await roomOf(store, dora)
    for (const { id } of [Bob, ann]) await store.rooms.join(roomId, id)
    const totals = new Set<number>()
    const list = (limit: number) =>
      allPages(limit, async (after) => {
        const { people, next, total } = await store.rooms.members({ roomId, after, limit })
        totals.add(total)
        return { items: namesOf(people), next }
      })
    for (const limit of range(1, 4)) expect(await list(limit), `${limit} a page`).toEqual(['ann', 'Bob', 'dora'])
    expect([...totals]).toEqual([3])
    await store.rooms.leave(roomId, Bob.id)
    expect(await list(1)).toEqual(['ann', 'dora'])
    expect([...totals]).toEqual([3, 2])
  })
}
