import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer } from './testing/startServer.ts'

it('keeps a conversation of two from everybody else', async () => {
  const { connect, connectAs } = await startServer()
  const [ann, bob, eve] = await Promise.all([connect('Ann'), connect('Bob'), connect('Eve')])
  bob.close()
  const { room } = await ann.ask('room:direct', { personId: bob.hello.me.id })
  await ann.say('for your eyes', room.id)

  const later = await connectAs(bob.cookie)
  expect(later.hello.rooms.find((mine) => mine.room.id === room.id)).toMatchObject({
    unread: 1,
    room: { kind: 'direct' },
  })
  expect((await historyOf(later, room.id)).map(({ body }) => body)).toEqual(['for your eyes'])

  for (const request of ['message:list', 'room:members', 'room:join', 'room:leave'] as const) {
    const [hidden, absent] = [
      await eve.request(request, { roomId: room.id }),
      await eve.request(request, { roomId: 'nowhere' }),
    ]
    expect(hidden).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(hidden).toEqual(absent)
  }
  expect(JSON.stringify(eve.heard)).not.toContain(room.id)
})

it('opens one room for two people, whoever asks first, and tells the other', async () => {
  const { connect } = await startServer()
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const [one, other] = await Promise.all([
    ann.ask('room:direct', { personId: bob.hello.me.id }),
    bob.ask('room:direct', { personId: ann.hello.me.id }),
  ])
  expect(one.room.id).toBe(other.room.id)
  await vi.waitFor(() => expect(bob.all('room:joined').map(({ mine }) => mine.room.id)).toEqual([one.room.id]))
})

it('tells nothing of a room to who left it, from that moment on, in every tab', async () => {
  const { connect, connectAs } = await startServer()
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const { room } = await ann.ask('room:create', { name: 'Kitchen' })
  const tab = await connectAs(bob.cookie)
  await bob.ask('room:join', { roomId: room.id })
  await ann.say('one', room.id)
  await bob.ask('room:leave', { roomId: room.id })
  await ann.say('two', room.id)
  await ann.say('marker')
  await vi.waitFor(() => expect(JSON.stringify(tab.heard)).toContain('marker'))
  expect(JSON.stringify(tab.heard)).toContain('one')
  expect(JSON.stringify([tab.heard, bob.heard])).not.toContain('"two"')
  expect(tab.all('room:left')).toEqual([{ roomId: room.id }])
})

it('has a default room that nobody leaves, and names that are taken once', async () => {
  const { connect } = await startServer()
  const ann = await connect('Ann')
  expect(await ann.request('room:leave', { roomId: lobbyOf(ann.hello) })).toMatchObject({
    error: { code: 'forbidden' },
  })
  await ann.ask('room:create', { name: 'Kitchen', topic: 'Food' })
  for (const name of ['kitchen ', 'L0bby']) {
    expect(await ann.request('room:create', { name }), name).toMatchObject({ error: { code: 'name_taken' } })
  }
  expect(
    (await ann.ask('room:list', {})).rooms.map(({ room, members, joined }) => [room.name, members, joined]),
  ).toEqual([
    ['Kitchen', 1, true],
    ['Lobby', 1, true],
  ])
})

const historyOf = async (
  visitor: { ask: Awaited<ReturnType<Awaited<ReturnType<typeof startServer>>['connect']>>['ask'] },
  roomId: string,
) => (await visitor.ask('message:list', { roomId })).messages
