import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer, type Visitor } from './testing/startServer.ts'

const say = (who: Visitor, roomId: string) =>
  who.request('message:send', { roomId, key: randomUUID(), body: 'hear, hear' })
const readOnly = { ok: false, error: { code: 'forbidden', message: 'This room is for moderators to write in.' } }

it('lets only who made a room, owners and admins write in it once that is said, from that moment on', async () => {
  const { own, connect } = await startServer()
  const [ada, ann, bob] = [await own('Ada'), await connect('Ann'), await connect('Bob')]
  const { room } = await ann.ask('room:create', { name: 'News' })
  const roomId = room.id
  for (const one of [ada, bob]) await one.ask('room:join', { roomId })
  const { seq } = await bob.say('before', roomId)
  await ann.ask('room:writing', { roomId, whoWrites: 'managers' })
  await vi.waitFor(() => expect(JSON.stringify(bob.all('events'))).toContain('"whoWrites":"managers"'))
  expect(await say(bob, roomId)).toEqual(readOnly)
  expect(await bob.request('message:edit', { roomId, seq, body: 'after' })).toEqual(readOnly)
  expect(await bob.request('typing:set', { roomId, typing: true })).toEqual(readOnly)
  for (const one of [ada, ann]) expect(await say(one, roomId)).toMatchObject({ ok: true })

  // Rights that come and go while somebody is connected.
  await ada.ask('people:role', { personId: bob.hello.me.id, role: 'admin' })
  expect(await say(bob, roomId)).toMatchObject({ ok: true })
  await ada.ask('people:role', { personId: bob.hello.me.id, role: 'member' })
  expect(await say(bob, roomId)).toEqual(readOnly)
  await ann.ask('room:writing', { roomId, whoWrites: 'everybody' })
  expect(await say(bob, roomId)).toMatchObject({ ok: true })
})

it('says how long somebody waits in a slow room, and lets its managers write as they like', async () => {
  const { own, connect } = await startServer()
  const [ada, bob] = [await own('Ada'), await connect('Bob')]
  const roomId = lobbyOf(ada.hello)
  await ada.ask('room:writing', { roomId, slowMode: 900 })
  expect(await say(bob, roomId)).toMatchObject({ ok: true })
  const answer = await say(bob, roomId)
  expect(answer).toMatchObject({ ok: false, error: { code: 'rate_limited' } })
  expect(answer.ok || answer.error.retryAfter).toBeGreaterThan(890_000)
  expect(answer.ok || answer.error.message).toMatch(/^You can write again in \d+ seconds\.$/)
  for (const _ of [1, 2, 3]) expect(await say(ada, roomId)).toMatchObject({ ok: true })
  const { room } = await bob.ask('room:create', { name: 'Elsewhere' })
  expect(await say(bob, room.id)).toMatchObject({ ok: true })
})

it('lets those say who writes who look after the room, in a way that the protocol knows', async () => {
  const { own, connect } = await startServer()
  const [ada, ann, bob] = [await own('Ada'), await connect('Ann'), await connect('Bob')]
  const { room } = await ann.ask('room:create', { name: 'News' })
  const write = (who: Visitor, slowMode: unknown = 5) =>
    who.request('room:writing', { roomId: room.id, slowMode: slowMode as 5 })
  for (const one of [bob, ada]) expect(await write(one)).toMatchObject({ error: { code: 'not_found' } })
  await bob.ask('room:join', { roomId: room.id })
  expect(await write(bob)).toMatchObject({ error: { code: 'forbidden' } })
  for (const wrong of [-5, 7, 901, '5', null])
    expect(await write(ann, wrong)).toMatchObject({ error: { code: 'invalid' } })
  expect(await write(ann)).toMatchObject({ ok: true, data: { slowMode: 5, whoWrites: 'everybody' } })
})

it('tells somebody’s favourites to all their own devices and to nobody else, and from then on with hello', async () => {
  const { connect, connectAs } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const phone = await connectAs(ann.cookie)
  const { room } = await ann.ask('room:create', { name: 'Kitchen' })
  await bob.ask('room:join', { roomId: room.id })
  const roomIds = [room.id, lobbyOf(ann.hello)]
  expect(await ann.ask('room:arrange', { roomIds: [...roomIds, 'nowhere'] })).toEqual({ roomIds })
  for (const one of [ann, phone]) await vi.waitFor(() => expect(one.all('room:arranged')).toEqual([{ roomIds }]))
  const again = await connectAs(ann.cookie)
  const order = Object.fromEntries(again.hello.rooms.map((mine) => [mine.room.name, mine.favourite]))
  expect(order).toEqual({ Kitchen: 1, Lobby: 2 })
  await ann.say('marker', room.id)
  await vi.waitFor(() => expect(JSON.stringify(bob.heard)).toContain('marker'))
  expect(bob.all('room:arranged')).toEqual([])
  expect((await connectAs(bob.cookie)).hello.rooms.map(({ favourite }) => favourite)).toEqual([null, null])
})
