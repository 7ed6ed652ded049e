import { expect, it, vi } from 'vitest'
import { startServer, type Visitor } from './testing/startServer.ts'

const idOf = ({ hello }: Visitor) => hello.me.id
const joinedRooms = (visitor: Visitor) => visitor.all('room:joined').map(({ mine }) => mine.room.id)
const refused = (code: string, message: unknown = expect.stringMatching(/^\p{Lu}.*\.$/u)) => ({
  ok: false,
  error: { code, message },
})

it('opens one conversation for the same people, whoever begins it, and tells all of them and nobody else', async () => {
  const { connect } = await startServer()
  const [ann, bob, cleo, eve] = [
    await connect('Ann'),
    await connect('Bob'),
    await connect('Cleo'),
    await connect('Eve'),
  ]
  const { room } = await ann.ask('room:direct', { personId: idOf(bob), others: [idOf(cleo)] })
  const again = await cleo.ask('room:direct', { personId: idOf(ann), others: [idOf(cleo), idOf(bob), idOf(bob)] })
  expect(again.room).toEqual(room)
  for (const one of [bob, cleo]) await vi.waitFor(() => expect(joinedRooms(one)).toEqual([room.id]))
  expect(bob.all('room:joined')[0]?.people.map(({ name }) => name)).toEqual(expect.arrayContaining(['Ann', 'Cleo']))
  await ann.say('between three', room.id)
  for (const one of [bob, cleo]) await vi.waitFor(() => expect(JSON.stringify(one.all('events'))).toContain('three'))
  expect(JSON.stringify(eve.heard)).not.toContain(room.id)
  for (const request of ['message:list', 'room:members', 'room:join', 'room:leave'] as const)
    expect(await eve.request(request, { roomId: room.id })).toMatchObject({ error: { code: 'not_found' } })
})

it('lets nobody into a conversation or out of it, lets one leave it, and brings back who had left when it is begun again', async () => {
  const { own, connect } = await startServer()
  const [ada, bob, cleo, eve] = [await own('Ada'), await connect('Bob'), await connect('Cleo'), await connect('Eve')]
  const { room } = await ada.ask('room:direct', { personId: idOf(bob), others: [idOf(cleo)] })
  const roomId = room.id
  for (const answer of [
    await ada.request('room:add', { roomId, personId: idOf(eve) }),
    await ada.request('room:remove', { roomId, personId: idOf(bob) }),
    await ada.request('room:rename', { roomId, name: 'Us' }),
    await ada.request('room:topic', { roomId, topic: 'Us' }),
    await ada.request('room:writing', { roomId, slowMode: 5 }),
    await ada.request('room:archive', { roomId, archived: true }),
    await ada.request('room:delete', { roomId }),
    await ada.request('invite:create', { role: 'guest', roomIds: [roomId], uses: null, milliseconds: null }),
  ])
    expect(answer).toMatchObject(refused('forbidden'))
  await cleo.ask('room:leave', { roomId })
  await vi.waitFor(() => expect(cleo.all('room:left')).toEqual([{ roomId }]))
  await bob.say('without Cleo', roomId)
  await bob.ask('room:direct', { personId: idOf(cleo), others: [idOf(ada)] })
  await vi.waitFor(() => expect(joinedRooms(cleo)).toEqual([roomId, roomId]))
  expect(cleo.all('room:joined').at(-1)?.mine).toMatchObject({ unread: 0, readUpTo: 1 })
  expect(JSON.stringify(cleo.all('events'))).not.toContain('without Cleo')
})

it('refuses visitors, who is gone, who was never there, oneself alone, and more than twelve', async () => {
  const { own, connect, store } = await startServer()
  const [ada, bob, sam] = [await own('Ada'), await connect('Bob'), await connect('Sam')]
  const visitor = await store.people.create({ name: 'Passer-by', role: 'visitor' })
  await ada.ask('people:remove', { personId: idOf(sam) })
  const begin = (...ids: string[]) => ada.request('room:direct', { personId: idOf(bob), others: ids })
  expect(await begin(visitor.id)).toMatchObject(
    refused('forbidden', 'Passer-by is a visitor and hears only the first room.'),
  )
  expect(await begin(idOf(sam))).toMatchObject(refused('not_found', 'No such person.'))
  expect(await begin('nobody')).toMatchObject(refused('not_found', 'No such person.'))
  expect(await ada.request('room:direct', { personId: idOf(ada), others: [idOf(ada)] })).toMatchObject(
    refused('invalid', 'That is you.'),
  )
  const many = await Promise.all(
    Array.from({ length: 11 }, (_, i) => store.people.create({ name: `n${i}`, role: 'member' })),
  )
  expect(await begin(...many.slice(1).map(({ id }) => id))).toMatchObject({ ok: true })
  expect(await begin(...many.map(({ id }) => id))).toMatchObject(refused('invalid'))
})

it('brings a guest together only with people they share a room with, unless an owner or admin does', async () => {
  const { own, connect } = await startServer()
  const [ada, bob, cleo] = [await own('Ada'), await connect('Bob'), await connect('Cleo')]
  const { room } = await ada.ask('room:create', { name: 'Kitchen' })
  await bob.ask('room:join', { roomId: room.id })
  const { token } = await ada.ask('invite:create', { role: 'guest', roomIds: [room.id], uses: 1, milliseconds: null })
  const gus = await connect('Gus', token)
  const begin = (who: Visitor, ...others: Visitor[]) => {
    const [personId = '', ...more] = others.map(idOf)
    return who.request('room:direct', { personId, others: more })
  }
  expect(await begin(gus, cleo)).toMatchObject(refused('forbidden', 'You are a guest, and share no room with Cleo.'))
  expect(await begin(gus, bob, cleo)).toMatchObject(refused('forbidden'))
  expect(await begin(cleo, gus)).toMatchObject(refused('forbidden', 'Gus is a guest, and shares no room with you.'))
  expect(await begin(bob, gus, cleo)).toMatchObject(
    refused('forbidden', 'Gus is a guest, and shares no room with Cleo.'),
  )
  for (const answer of [await begin(gus, bob), await begin(bob, gus, ada), await begin(ada, gus, cleo)])
    expect(answer).toMatchObject({ ok: true })
})
