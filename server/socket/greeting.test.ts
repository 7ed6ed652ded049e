import { expect, it, vi } from 'vitest'
import { emptyCommit } from '../store/contract/setting.ts'
import type { Commit, Store } from '../store/store.ts'
import { slowStore } from '../testing/slowStore.ts'
import { startServer, type Visitor } from '../testing/startServer.ts'

const idOf = ({ hello }: Visitor) => hello.me.id

/** A private room of its owner's. */
const privateRoom = async (owner: Visitor) =>
  (await owner.ask('room:create', { name: 'Cellar', private: true })).room.id

it('lets nobody in who was signed out while they came', async () => {
  const { store, hold } = await slowStore()
  const { connect, connectAs } = await startServer({}, { store })
  const ann = await connect('Ann')
  const { asked, letGo } = hold('isShut')
  const coming = connectAs(ann.cookie).catch(() => null)
  await asked
  await store.sessions.revoke(idOf(ann), { except: '' })
  letGo()
  expect(await coming).toBeNull()
})

it('takes somebody who was removed from a room while they came for who is not in it', async () => {
  const { store, hold } = await slowStore()
  const { connect, connectAs } = await startServer({}, { store })
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const roomId = await privateRoom(ann)
  await ann.ask('room:add', { roomId, personId: idOf(bob) })
  const { asked, letGo } = hold('idsOf')
  const coming = connectAs(bob.cookie)
  await asked
  await ann.ask('room:remove', { roomId, personId: idOf(bob) })
  letGo()
  const tab = await coming
  await ann.say('Nobody else hears this.', roomId)
  await tab.say('This all do.')
  await vi.waitFor(() => expect(JSON.stringify(tab.all('events'))).toContain('This all do.'))
  expect(JSON.stringify(tab.all('events'))).not.toContain('Nobody else')
})

it('takes nobody for who they were, where what is remembered of them is older than what is known', async () => {
  const { store } = await slowStore()
  let old: Awaited<ReturnType<Store['people']['get']>> = []
  const get = async (ids: readonly string[]) => {
    const found = await store.people.get(ids)
    return found.map((person) => old.find(({ id }) => id === person.id) ?? person)
  }
  const { own, connect, connectAs } = await startServer({}, { store: { ...store, people: { ...store.people, get } } })
  const [owner, bob] = [await own('Olga'), await connect('Bob')]
  await owner.ask('people:role', { personId: idOf(bob), role: 'admin' })
  old = await store.people.get([idOf(bob)])
  await owner.ask('people:role', { personId: idOf(bob), role: 'member' })
  const tab = await connectAs(bob.cookie)
  expect(tab.hello.me.role).toBe('member')
  expect(await tab.request('invite:create', {})).toMatchObject({ error: { code: 'forbidden' } })
})

it('believes the store, not the order in which nodes tell who came and who went', async () => {
  const { store, tell } = await slowStore()
  const { connect } = await startServer({}, { store })
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const roomId = await privateRoom(ann)
  const told = (present: boolean, rev: number): Commit => ({
    ...emptyCommit,
    elsewhere: true,
    rooms: [
      {
        roomId,
        after: rev - 1,
        rev,
        changes: [{ type: 'member:changed', member: { roomId, personId: idOf(bob), rev, present } }],
        people: [],
      },
    ],
  })
  const hears = async (text: string) => {
    await ann.say(text, roomId)
    await ann.say(`after ${text}`)
    await vi.waitFor(() => expect(JSON.stringify(bob.all('events'))).toContain(`after ${text}`))
    return JSON.stringify(bob.all('events')).includes(`"${text}"`)
  }
  tell(told(true, 2))
  // Until that was looked up.
  await bob.ask('room:list', {})
  expect(await hears('one')).toBe(false)
  await ann.ask('room:add', { roomId, personId: idOf(bob) })
  await vi.waitFor(() => expect(bob.all('room:joined')).not.toEqual([]))
  expect(await hears('two')).toBe(true)
  tell(told(false, 3))
  await bob.ask('room:list', {})
  expect(await hears('three')).toBe(true)
})

it('tells a page of the tutorial what was said while it was looked up what it had missed', async () => {
  const { store, hold } = await slowStore()
  const { connect, connectTutorial } = await startServer({}, { store })
  const ann = await connect('Ann')
  await ann.say('before')
  const { asked, letGo } = hold('after')
  const page = connectTutorial({ serverOffset: 0 })
  await asked
  await ann.say('meanwhile')
  letGo()
  await vi.waitFor(() => expect(page.heard.map(([text]) => text)).toEqual(['before', 'meanwhile']))
})
