import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer, type Visitor } from './testing/startServer.ts'

/** Ada owns the place, Ann made a room, Bob is in it, and Eve is not. */
async function kitchen() {
  const server = await startServer()
  const [ada, ann, bob, eve] = [
    await server.own('Ada'),
    await server.connect('Ann'),
    await server.connect('Bob'),
    await server.connect('Eve'),
  ]
  const { room } = await ann.ask('room:create', { name: 'Kitchen' })
  await bob.ask('room:join', { roomId: room.id })
  await bob.say('soup', room.id)
  return { ...server, ada, ann, bob, eve, roomId: room.id }
}

const listed = async (visitor: Visitor, archived: boolean) =>
  (await visitor.ask('room:list', { archived })).rooms.map(({ room }) => room.name)

const roomsTold = (visitor: Visitor) =>
  visitor
    .all('events')
    .flatMap(({ changes }) => changes)
    .flatMap((change) => (change.type === 'room:changed' ? [change.room] : []))

const archivedSentence = 'This room is archived: it is there to be read.'

it('archives a room for everybody in it at once: read by all who could, written and joined by nobody', async () => {
  const { ada, ann, bob, eve, roomId, connectAs } = await kitchen()
  const tab = await connectAs(bob.cookie)
  await ann.ask('room:archive', { roomId, archived: true })
  for (const one of [bob, tab])
    await vi.waitFor(() => expect(roomsTold(one)).toMatchObject([{ id: roomId, archived: true }]))
  for (const answer of [
    await ann.request('message:send', { roomId, key: crypto.randomUUID(), body: 'more' }),
    await bob.request('message:edit', { roomId, seq: 1, body: 'more' }),
    await bob.request('typing:set', { roomId, typing: true }),
    await ann.request('room:topic', { roomId, topic: 'Soup' }),
    await ann.request('room:rename', { roomId, name: 'Attic' }),
    await ann.request('room:writing', { roomId, slowMode: 5 }),
    await ann.request('room:add', { roomId, personId: eve.hello.me.id }),
    await eve.request('room:join', { roomId }),
  ])
    expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden', message: archivedSentence } })
  expect((await bob.ask('message:list', { roomId })).messages).toHaveLength(1)
  expect((await connectAs(bob.cookie)).hello.rooms.find(({ room }) => room.id === roomId)?.room.archived).toBe(true)
  for (const one of [ann, eve]) {
    expect(await listed(one, false)).toEqual(['Lobby'])
    expect(await listed(one, true)).toEqual(['Kitchen'])
  }
  await bob.ask('message:delete', { roomId, seq: 1 })

  // From outside, because nobody can join to do it.
  await ada.ask('room:archive', { roomId, archived: false })
  await vi.waitFor(() => expect(roomsTold(bob).at(-1)?.archived).toBe(false))
  await bob.say('and bread', roomId)
  expect(await listed(eve, false)).toEqual(['Kitchen', 'Lobby'])
})

it('lets a room be archived only by who made it, and owners and admins who are in it; the default room by nobody', async () => {
  const { ada, ann, bob, eve, roomId } = await kitchen()
  const archive = (who: Visitor, archived = true) => who.request('room:archive', { roomId, archived })
  expect(await archive(bob)).toMatchObject({ error: { code: 'forbidden' } })
  for (const one of [eve, ada]) expect(await archive(one)).toMatchObject({ error: { code: 'not_found' } })
  await ada.ask('room:join', { roomId })
  expect(await archive(ada)).toMatchObject({ ok: true })
  for (const one of [bob, eve]) expect(await archive(one, false)).toMatchObject({ error: { code: 'forbidden' } })
  expect(await archive(ann, false)).toMatchObject({ ok: true })
  expect(await ada.request('room:archive', { roomId: lobbyOf(ada.hello), archived: true })).toMatchObject({
    error: { code: 'forbidden', message: 'Everybody is in this room, and it stays.' },
  })
})

it('deletes a room for everybody who has it open, in the turn in which it is answered', async () => {
  const { ada, ann, bob, eve, roomId, connectAs, restart } = await kitchen()
  const tab = await connectAs(bob.cookie)
  for (const one of [ann, bob, eve])
    expect(await one.request('room:delete', { roomId })).toMatchObject({
      error: { code: 'forbidden', message: 'Only owners of the place may do that.' },
    })
  const told = ada.ask('room:delete', { roomId })
  const late = bob.request('message:send', { roomId, key: crypto.randomUUID(), body: 'after the end' })
  await told
  for (const one of [ann, bob, tab]) await vi.waitFor(() => expect(one.all('room:left')).toEqual([{ roomId }]))
  expect(eve.all('room:left')).toEqual([])
  await late
  for (const request of ['message:list', 'room:members', 'room:join', 'room:leave', 'room:delete'] as const)
    expect(await bob.request(request, { roomId })).toEqual(await bob.request(request, { roomId: 'nowhere' }))
  await expect(bob.say('still here', roomId)).rejects.toThrow('not_found')
  for (const archived of [true, false]) expect(await listed(ada, archived)).not.toContain('Kitchen')
  const after = [ann, bob, tab].map(({ heard }) => heard.findLastIndex(({ event }) => event === 'room:left'))
  for (const [i, one] of [ann, bob, tab].entries())
    expect(JSON.stringify(one.heard.slice(Number(after[i]) + 1))).not.toContain(roomId)
  expect(await ada.request('room:delete', { roomId: lobbyOf(ada.hello) })).toMatchObject({
    error: { code: 'forbidden', message: 'Everybody is in this room, and it stays.' },
  })
  await restart()
  expect((await connectAs(bob.cookie)).hello.rooms.map(({ room }) => room.name)).toEqual(['Lobby'])
})
