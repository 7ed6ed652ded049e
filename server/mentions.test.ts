import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { CALL_LIMIT } from '../protocol/limits.ts'
import { lobbyOf, startServer, type Visitor } from './testing/startServer.ts'

const idOf = ({ hello }: Visitor) => hello.me.id
const at = (visitor: Visitor) => `<@${idOf(visitor)}>`
const forYou = async (visitor: Visitor) => (await visitor.ask('for-you:list', {})).messages
const send = (visitor: Visitor, roomId: string, body: string) =>
  visitor.request('message:send', { roomId, key: randomUUID(), body })
const refused = { ok: false, error: { code: 'forbidden', message: expect.stringMatching(/@here or @room\.$/) } }

it('tells somebody what was said to them, on this device and the next', async () => {
  const { connect, connectAs } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  expect(bob.hello.mentioned).toBe(false)
  const said = await ann.say(`${at(bob)} look at this`)
  expect(said.mentions).toEqual([idOf(bob)])
  expect(await forYou(bob)).toEqual([said])
  const { hello } = await connectAs(bob.cookie)
  expect(hello.mentioned).toBe(true)
  expect(hello.rooms[0]).toMatchObject({ unread: 1, forYou: 1, last: { text: said.body } })
  expect(hello.people.map(({ id }) => id)).toContain(idOf(ann))
  expect(await bob.ask('read:advance', { roomId: said.roomId, seq: said.seq })).toMatchObject({ unread: 0, forYou: 0 })
})

it('tells somebody who is not in the room nothing, nor from when they are put out', async () => {
  const { connect, connectAs } = await startServer()
  const [ann, bob, eve] = [await connect('Ann'), await connect('Bob'), await connect('Eve')]
  const { room } = await ann.ask('room:create', { name: 'Board', private: true })
  await ann.ask('room:add', { roomId: room.id, personId: idOf(bob) })
  const said = await ann.say(`${at(eve)} and ${at(bob)} <@room> secret`, room.id)
  expect(said.mentions).toEqual(['room', idOf(bob)])
  expect(await forYou(bob)).toEqual([said])
  await ann.ask('room:remove', { roomId: room.id, personId: idOf(bob) })
  await vi.waitFor(() => expect(bob.all('room:left')).toHaveLength(1))
  for (const outsider of [bob, eve]) {
    expect(await forYou(outsider)).toEqual([])
    const again = await connectAs(outsider.cookie)
    expect([again.hello.mentioned, JSON.stringify(again.hello)]).toEqual([false, expect.not.stringContaining(room.id)])
  }
  expect(JSON.stringify(eve.heard)).not.toContain(room.id)
})

it('lets members call a small room, those who look after it a large one, and guests neither', async () => {
  const { own, connect, store } = await startServer({ LIMIT_MESSAGES: '1000' })
  const [olga, ann, bob] = [await own('Olga'), await connect('Ann'), await connect('Bob')]
  const { room } = await ann.ask('room:create', { name: 'Kitchen' })
  for (const visitor of [bob, olga]) await visitor.ask('room:join', { roomId: room.id })
  const { token } = await olga.ask('invite:create', { role: 'guest', roomIds: [room.id] })
  const gus = await connect('Gus', token)
  expect(await send(gus, room.id, '<@room> hello')).toEqual(refused)
  expect(await send(gus, room.id, `${at(ann)} hello`)).toMatchObject({ ok: true })
  expect(await send(bob, room.id, '<@here> hello')).toMatchObject({ ok: true, data: { mentions: expect.any(Array) } })
  const called = await bob.say('<@room> tea', room.id)

  const crowd = Array.from({ length: CALL_LIMIT }, (_, i) => store.people.create({ name: `p ${i}`, role: 'member' }))
  for (const { id } of await Promise.all(crowd)) await store.rooms.add(room.id, id)
  expect(await send(bob, room.id, '<@room> hello')).toEqual(refused)
  const { seq } = await bob.say('quiet', room.id)
  expect(await bob.request('message:edit', { roomId: room.id, seq, body: '<@room> loud' })).toEqual(refused)
  const edit = { roomId: room.id, seq: called.seq, body: '<@room> tea and cake' }
  expect(await bob.ask('message:edit', edit), 'it calls already').toMatchObject({ mentions: ['room'] })
  for (const one of [ann, olga]) expect(await send(one, room.id, '<@here> <@room>')).toMatchObject({ ok: true })
})

it('reaches with @here who is here, and not who has gone or looks away', async () => {
  const { connect } = await startServer({ GRACE_MS: '1' })
  const [ann, bob, cleo, dan] = [
    await connect('Ann'),
    await connect('Bob'),
    await connect('Cleo'),
    await connect('Dan'),
  ]
  await cleo.ask('presence:set', { presence: 'away' })
  dan.close()
  await vi.waitFor(() =>
    expect(Object.assign({}, ...ann.all('presence:changed').map(({ presence }) => presence))).toMatchObject({
      [idOf(dan)]: null,
      [idOf(cleo)]: 'away',
    }),
  )
  expect((await ann.say('<@here> tea')).mentions).toEqual(['here', idOf(bob)])
})

it('takes a call between two for text', async () => {
  const { connect } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const { room } = await ann.ask('room:direct', { personId: idOf(bob) })
  expect(await ann.say('<@room> <@here>', room.id)).not.toHaveProperty('mentions')
})

it('finds people of a room by what is typed of their names', async () => {
  const { connect } = await startServer()
  const [ann, bob, eve] = [await connect('Ann Arbor'), await connect('Bob'), await connect('Arno')]
  const { room } = await ann.ask('room:create', { name: 'Kitchen' })
  await bob.ask('room:join', { roomId: room.id })
  const find = async (query: string) => {
    const { people, total } = await ann.ask('room:members', { roomId: room.id, query, limit: 5 })
    return [people.map(({ name }) => name), total]
  }
  expect(await find('ar')).toEqual([['Ann Arbor'], 2])
  expect(await find('')).toEqual([['Ann Arbor', 'Bob'], 2])
  expect(await eve.ask('room:members', { roomId: lobbyOf(eve.hello), query: 'ar' })).toMatchObject({ total: 3 })
})

it('shows pages of the tutorial names, at once and afterwards', async () => {
  const { connect, connectTutorial } = await startServer()
  const ann = await connect('Ann')
  const page = connectTutorial({ name: 'Echo' })
  await vi.waitFor(() => expect(page.socket.connected).toBe(true))
  await ann.say(`${at(ann)} here, <@nobody> and <@room>`)
  page.socket.emit('chat message', '<@room> from outside')
  const texts = ['@Ann here, <@nobody> and @room', '@room from outside']
  await vi.waitFor(() => expect(page.heard.map(([text]) => text)).toEqual(texts))
  const later = connectTutorial({ serverOffset: 0 })
  await vi.waitFor(() => expect(later.heard.map(([text]) => text)).toEqual(texts))
  const { messages } = await ann.ask('message:list', { roomId: lobbyOf(ann.hello) })
  expect(messages.map(({ mentions }) => mentions)).toEqual([[idOf(ann), 'room'].toReversed(), undefined])
})
