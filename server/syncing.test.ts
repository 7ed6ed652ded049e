import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { createSync } from './syncing.ts'
import { lobbyOf, startServer } from './testing/startServer.ts'

it('reads once what many ask, for as long as nothing of it changes', async () => {
  const { store, connect } = await startServer()
  const ann = await connect('Ann')
  const roomId = lobbyOf(ann.hello)
  const cursor = { roomId, since: 1 }
  const { seq } = await ann.say('hi')
  const sync = createSync(store)
  const before = await sync(cursor)
  expect(await sync({ ...cursor })).toBe(before)
  expect(before).toEqual(await store.messages.sync(cursor))

  await ann.ask('message:edit', { roomId, seq, body: 'hello' })
  const edited = await sync(cursor)
  expect(edited).toEqual(await store.messages.sync(cursor))
  expect(JSON.stringify(edited)).toContain('hello')

  await ann.ask('people:rename', { name: 'Anna' })
  expect(JSON.stringify(await sync(cursor))).toContain('Anna')
})

it('answers everybody alike, and nobody who is not in the room', async () => {
  const { store, connect } = await startServer()
  const [ann, bob, eve] = [await connect('Ann'), await connect('Bob'), await connect('Eve')]
  const { room } = await store.rooms.create({ name: 'Kitchen', topic: '', personId: ann.hello.me.id })
  await store.rooms.add(room.id, bob.hello.me.id)
  await ann.ask('message:send', { roomId: room.id, key: randomUUID(), body: 'soup' })
  const cursor = { roomId: room.id, since: 1 }
  const [one, other] = [await ann.ask('room:sync', cursor), await bob.ask('room:sync', cursor)]
  expect(one).toEqual(other)
  expect(one).toEqual(await store.messages.sync(cursor))
  expect(await eve.request('room:sync', cursor)).toMatchObject({ ok: false, error: { code: 'not_found' } })
})

it('forgets what nobody has asked for longest', async () => {
  const { store, connect } = await startServer()
  const roomId = lobbyOf((await connect('Ann')).hello)
  const sync = createSync(store)
  const first = await sync({ roomId, since: 1 })
  for (let since = 100; since < 130; since++) await sync({ roomId, since })
  expect(await sync({ roomId, since: 1 })).not.toBe(first)
})
