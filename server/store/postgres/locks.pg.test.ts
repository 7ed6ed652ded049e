import { randomUUID } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import type { Person } from '../../../protocol/people.ts'
import { makeMigrated } from '../../testing/database.ts'
import { draftOf, range, roomOf, seqsOf } from '../contract/setting.ts'
import type { Store } from '../store.ts'
import { openPostgres } from './index.ts'

/** Two nodes that write in one database at the same time, without a way to tell each other. */
async function openTwo(): Promise<[Store, Store]> {
  const { url, drop } = await makeMigrated()
  onTestFinished(drop)
  const stores = [await openPostgres({ url }), await openPostgres({ url })] as const
  onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))))
  return [...stores]
}

const fulfilled = (ends: PromiseSettledResult<unknown>[]) => ends.filter(({ status }) => status === 'fulfilled').length

it('counts each room’s messages without a gap, whichever node takes them', async () => {
  const [one, two] = await openTwo()
  const ann = await one.people.create({ name: 'ann', role: 'member' })
  const rooms = [await roomOf(one, ann, 'Kitchen'), await roomOf(two, ann, 'Garden'), (await one.rooms.default()).id]
  const sent = await Promise.all(
    range(1, 60).map((i) => {
      const store = i % 2 === 0 ? one : two
      return store.messages.append(draftOf(rooms[i % rooms.length] ?? '', ann, `message ${i}`))
    }),
  )
  for (const roomId of rooms) {
    const here = sent.filter((message) => message.roomId === roomId)
    expect(seqsOf(here).toSorted((a, b) => a - b)).toEqual(range(1, 20))
    expect(new Set(here.map(({ rev }) => rev)).size).toBe(20)
    const { messages } = await two.messages.list({ roomId, limit: 100 })
    expect(seqsOf(messages)).toEqual(range(1, 20))
  }
})

it('takes one key on two nodes for one message', async () => {
  const [one, two] = await openTwo()
  const ann = await one.people.create({ name: 'ann', role: 'member' })
  const draft = { ...draftOf((await one.rooms.default()).id, ann), key: randomUUID() }
  const sent = await Promise.all([one, two, one, two].map((store) => store.messages.append(draft)))
  expect(new Set(sent.map(({ seq }) => seq)).size).toBe(1)
})

it('gives a name to one of those who want it at the same time', async () => {
  const [one, two] = await openTwo()
  for (const name of ['ann', 'bob', 'eve']) {
    const come = (store: Store) => store.people.create({ name, role: 'member' })
    expect(fulfilled(await Promise.allSettled([come(one), come(two)]))).toBe(1)
  }
})

it('lets one in by a link for one', async () => {
  const [one, two] = await openTwo()
  const ann = await one.people.create({ name: 'ann', role: 'owner' })
  const invite = { role: 'member' as const, roomIds: [], uses: 1, expiresAt: null, createdBy: ann.id }
  const { token } = await one.invites.create(invite)
  const ends = await Promise.allSettled([one.invites.use(token, 'bob'), two.invites.use(token, 'eve')])
  expect(fulfilled(ends)).toBe(1)
})

it('keeps an owner where two step down at the same time', async () => {
  const [one, two] = await openTwo()
  const owners = await Promise.all(['ann', 'bob'].map((name) => one.people.create({ name, role: 'owner' })))
  const [ann, bob] = owners as [Person, Person]
  await Promise.all(owners.map(({ id }) => one.sessions.create(id, { agent: '', way: 'name' })))
  const ends = await Promise.allSettled([one.people.setRole(ann.id, 'member'), two.people.setRole(bob.id, 'member')])
  expect(fulfilled(ends)).toBe(1)
})

it('tells each node what the other has done, also what it was told nothing of', async () => {
  const [one, two] = await openTwo()
  const heard: string[] = []
  const told = new Promise<void>((resolve) => {
    two.onCommit(({ people, elsewhere }) => {
      for (const { name } of people?.people ?? []) heard.push(`${name} ${elsewhere}`)
      if (heard.length === 2) resolve()
    })
  })
  await one.people.create({ name: 'ann', role: 'member' })
  await two.people.create({ name: 'bob', role: 'member' })
  await told
  expect(heard.toSorted()).toEqual(['ann true', 'bob undefined'])
})
